/** A piece of what somebody wrote: a web address in it, or what stands between two. */
export interface Piece {
  readonly text: string;
  /** Where it leads; `null` when it is no address. */
  readonly href: string | null;
}

/** A full stop or bracket after an address belongs to the sentence. */
const ADDRESS = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?'’()\]]/giu;

const hrefOf = (text: string): string | null => (URL.canParse(text) ? new URL(text).href : null);

/** What somebody wrote, in pieces: only whole addresses of the web are links, and what is shown is what was written. */
export const piecesOf = (written: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of written.matchAll(ADDRESS)) {
    if (found.index > from) pieces.push({ text: written.slice(from, found.index), href: null });
    pieces.push({ text: found[0], href: hrefOf(found[0]) });
    from = found.index + found[0].length;
  }
  if (from < written.length) pieces.push({ text: written.slice(from), href: null });
  return pieces;
};
