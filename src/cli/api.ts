import { connect, type Vigie } from '../../client/index.ts';
import { Failure, sayIn, type Terminal } from './terminal.ts';

export interface Address {
  readonly url?: string;
  readonly key?: string;
  readonly organisation?: string;
}

/** The server as a program with a key sees it. The key is never repeated, whatever goes wrong. */
export const reach = (terminal: Terminal, address: Address): Vigie => {
  const say = sayIn(terminal.locale);
  const { environment } = terminal;
  const url = address.url ?? environment['VIGIE_URL'] ?? 'http://localhost:3000';
  const key = address.key ?? environment['VIGIE_KEY'];
  if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol))
    throw new Failure(
      2,
      'bad_url',
      say(
        `« ${url} » n’est pas une adresse, comme http://localhost:3000/kerlann.`,
        `"${url}" is not an address, such as http://localhost:3000/kerlann.`,
      ),
    );
  if (!key)
    throw new Failure(
      2,
      'no_key',
      say(
        'Il faut une clé, dans VIGIE_KEY ou --key : vigie key create en fait une.',
        'A key is needed, in VIGIE_KEY or --key: vigie key create makes one.',
      ),
    );
  const [inPath] = new URL(url).pathname.split('/').filter((name) => name !== '');
  const organisation = address.organisation ?? inPath ?? environment['VIGIE_ORGANISATION'];
  if (!organisation)
    throw new Failure(
      2,
      'no_organisation',
      say(
        'Dans quelle organisation ? Écrivez --organisation kerlann, ou --url http://localhost:3000/kerlann.',
        'In which organisation? Write --organisation kerlann, or --url http://localhost:3000/kerlann.',
      ),
    );
  return connect(`${new URL(url).origin}/${organisation}`, { key, locale: terminal.locale });
};
