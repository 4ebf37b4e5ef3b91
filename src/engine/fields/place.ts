import type { Place } from '../values.ts';
import { type FieldKind, problem } from './kind.ts';

/** Seven decimals of a degree are a centimetre; more is noise. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const ADDRESS = 300;

export const place: FieldKind = {
  parse(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return problem('place_expected');
    const given = value as { readonly [key: string]: unknown };
    const { lat, lng, accuracy, address } = given;
    if (Object.keys(given).some((key) => !['lat', 'lng', 'accuracy', 'address'].includes(key)))
      return problem('place_expected');
    if (typeof lat !== 'number' || !(Math.abs(lat) <= 90)) return problem('latitude_out_of_range', {}, 'lat');
    if (typeof lng !== 'number' || !(Math.abs(lng) <= 180))
      return problem('longitude_out_of_range', {}, 'lng');
    if (
      accuracy !== undefined &&
      accuracy !== null &&
      !(typeof accuracy === 'number' && accuracy >= 0 && Number.isFinite(accuracy))
    )
      return problem('number_expected', {}, 'accuracy');
    if (address !== undefined && address !== null && typeof address !== 'string')
      return problem('text_expected', {}, 'address');
    const line = typeof address === 'string' ? address.replaceAll(/\s+/gu, ' ').trim() : '';
    if (line.length > ADDRESS) return problem('too_long', { max: ADDRESS, length: line.length }, 'address');
    return {
      value: {
        lat: round(lat),
        lng: round(lng),
        ...(typeof accuracy === 'number' && { accuracy }),
        ...(line !== '' && { address: line }),
      },
    };
  },
  /** `47.65, -2.76 rue du Lavoir`: latitude, longitude, then the address. */
  fromText(text) {
    const parts = /^\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*(.*)$/su.exec(text);
    if (!parts) return text;
    return { lat: Number(parts[1]), lng: Number(parts[2]), ...(parts[3] && { address: parts[3] }) };
  },
  toText(value) {
    const { lat, lng, address } = value as unknown as Place;
    return address ? `${lat}, ${lng} ${address}` : `${lat}, ${lng}`;
  },
};
