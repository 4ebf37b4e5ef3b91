import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const BARE = /^text\/[\w-]+$/u;
const PLAIN = 'text/plain';

/** What text says of itself, so that no browser guesses: the server of the pages' files leaves it open. */
export const sayType = (response: ServerResponse): void => {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: readonly unknown[]
  ) => ServerResponse;
  response.writeHead = (status: number, ...rest: readonly unknown[]) => {
    const given = rest.find((one) => typeof one === 'object' && one !== null) as
      OutgoingHttpHeaders | undefined;
    const named = Object.keys(given ?? {}).find((name) => name.toLowerCase() === 'content-type');
    const said = named === undefined ? response.getHeader('content-type') : given?.[named];
    const type = said ?? (status >= 400 ? PLAIN : undefined);
    if (typeof type === 'string' && BARE.test(type)) {
      if (given !== undefined && named !== undefined) given[named] = `${type}; charset=utf-8`;
      else response.setHeader('content-type', `${type}; charset=utf-8`);
    }
    return writeHead(status, ...rest);
  };
};
