import type { Value } from '../../api/types.ts';

interface Place {
  readonly lat: string;
  readonly lng: string;
  readonly address: string;
}

const NOWHERE: Place = { lat: '', lng: '', address: '' };

/** A place as its three controls show it. */
export const placeOf = (value: Value | undefined): Place => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOWHERE;
  const { lat, lng, address } = value as { readonly [key: string]: Value };
  // Five decimals of a degree are a metre.
  const degrees = (given: Value | undefined): string =>
    typeof given === 'number' ? String(Math.round(given * 1e5) / 1e5) : '';
  return { lat: degrees(lat), lng: degrees(lng), address: typeof address === 'string' ? address : '' };
};

/** `47.65, -2.76 rue du Lavoir`, read back into its parts. */
export const readPlace = (text: string): Place => {
  const parts = /^\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*(.*)$/s.exec(text);
  return parts
    ? { lat: parts[1] ?? '', lng: parts[2] ?? '', address: parts[3] ?? '' }
    : { ...NOWHERE, address: text };
};

/** The parts on one line, as the server reads a place that a person typed. */
export const writePlace = ({ lat, lng, address }: Place): string => {
  if (lat === '' && lng === '') return address.trim();
  return `${lat.replace(',', '.')}, ${lng.replace(',', '.')} ${address}`.trim();
};
