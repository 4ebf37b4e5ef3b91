/** What a live page is told. */
export interface Told {
  readonly event: string;
  readonly id: number;
  readonly data: {
    readonly seq: number;
    readonly reference?: string;
    readonly type?: string;
    readonly step?: string;
    readonly version?: number;
  };
}

/** An open live page. */
export interface LivePage {
  readonly status: number;
  readonly told: readonly Told[];
  /** Resolves once as much was told; throws when that takes too long. */
  reaches(enough: (told: readonly Told[]) => boolean): Promise<readonly Told[]>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const PATIENCE = 10_000;

const read = (block: string): Told | undefined => {
  const lines = Object.fromEntries(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf(': ');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
    }),
  ) as { readonly event?: string; readonly id?: string; readonly data?: string };
  return lines.data === undefined
    ? undefined
    : { event: lines.event ?? 'message', id: Number(lines.id), data: JSON.parse(lines.data) as Told['data'] };
};

/** Opens the live page of an organisation, from where the last one stopped. */
export const openLive = async (
  url: string,
  path: string,
  cookie: string,
  after?: number,
): Promise<LivePage> => {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/v1${path}`, {
    headers: { cookie, ...(after !== undefined && { 'last-event-id': String(after) }) },
    signal: leaving.signal,
  });
  const told: Told[] = [];
  const listen = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      told.push(...blocks.flatMap((block) => read(block) ?? []));
    }
  };
  const ended = listen().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    status: response.status,
    told,
    ended,
    close: () => leaving.abort(),
    reaches: async (enough) => {
      for (const until = Date.now() + PATIENCE; !enough(told);) {
        if (Date.now() > until) throw new Error(`Only this was told: ${JSON.stringify(told)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return told;
    },
  };
};
