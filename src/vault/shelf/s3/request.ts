import { Agent as HttpAgent, type IncomingMessage, request as http } from 'node:http';
import { Agent as HttpsAgent, request as https } from 'node:https';

/** For the answer to begin; a part of 16 MiB goes out meanwhile. */
const ANSWER_WITHIN = 120_000;
const MORE_WITHIN = 60_000;

const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

/** Not by `fetch`, which copies every part. Redirects are not followed: the signature is for the store that was named. */
export const request = (
  url: URL,
  method: string,
  signed: Headers,
  bytes = new Uint8Array(),
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const asked = (secure ? https : http)(url, {
      method,
      agent: secure ? agents.https : agents.http,
      headers: { ...Object.fromEntries(signed), 'content-length': String(bytes.byteLength) },
    });
    const timer = setTimeout(() => asked.destroy(new Error('It took too long.')), ANSWER_WITHIN);
    asked.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    asked.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    asked.end(bytes);
  });

/** Ends when the other side says nothing for too long, but never because somebody reads slowly here. */
export async function* chunksOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const timer = setTimeout(() => response.destroy(new Error('It took too long.')), MORE_WITHIN);
      try {
        const { done, value } = await chunks.next();
        clearTimeout(timer);
        if (done === true) return;
        yield value;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    response.destroy();
  }
}
