import { DetailedError, Upload } from 'tus-js-client';

/** Sends what was sealed, as any file; a line that is lost is found again. @returns the file that it became */
export const send = (
  endpoint: string,
  sealed: Blob,
  name: string,
  headers: Record<string, string>,
  onprogress: (share: number) => void,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const upload = new Upload(sealed, {
      endpoint,
      headers,
      retryDelays: [0, 1000, 3000, 5000, 10_000],
      // What is sealed again is another file: there is nothing to be found after a reload.
      storeFingerprintForResuming: false,
      metadata: { filename: name, filetype: 'application/age' },
      onProgress: (sent, all) => onprogress(all > 0 ? sent / all : 0),
      onError: reject,
      onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('Vigie-File') ?? ''),
    });
    upload.start();
  });

/** What the server said of an upload that it refused; empty when it said nothing. */
export const saidOf = (error: unknown): string => {
  if (!(error instanceof DetailedError)) return '';
  try {
    return (JSON.parse(error.originalResponse?.getBody() ?? '') as { detail?: string }).detail ?? '';
  } catch {
    return '';
  }
};
