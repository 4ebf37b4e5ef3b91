import { neutralName, seal } from './seal.ts';
import { saidOf, send } from './send.ts';

interface Bringing {
  /** Of the drop, below this server. */
  readonly base: string;
  readonly secret: string;
  readonly name: string;
  readonly files: readonly File[];
  readonly recipients: readonly string[];
  readonly onprogress: (share: number) => void;
}

type Brought = { readonly ok: true; readonly receipt: string } | { readonly ok: false; readonly why: string };

/** Seals files and brings them by the link of a drop, one deposit in all. */
export const bringSealed = async (bringing: Bringing): Promise<Brought> => {
  const { base, secret, name, files, recipients, onprogress } = bringing;
  const headers = { authorization: `Drop ${secret}` };
  const ask = async (path: string, body?: object): Promise<Response> => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail ?? '');
    return answer;
  };
  try {
    const { id } = (await (await ask('/deposits', { name })).json()) as { id: string };
    for (const file of files)
      await send(
        `${base}/deposits/${id}/uploads`,
        await seal(file, recipients),
        neutralName(),
        headers,
        onprogress,
      );
    return { ok: true, receipt: await (await ask(`/deposits/${id}/receipt`)).text() };
  } catch (error) {
    return {
      ok: false,
      why: saidOf(error) || (error instanceof Error && !('originalRequest' in error) ? error.message : ''),
    };
  }
};
