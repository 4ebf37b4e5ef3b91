/** Whether `Accept-Language` names one of ours at all. */
export const saysLocale = (header: string | null | undefined): boolean =>
  /(?:^|[\s,])(?:fr|en)\b/iu.test(header ?? '');

/** The reader's language from `Accept-Language`: French unless English is preferred. */
export const localeOf = (header: string | null | undefined): 'fr' | 'en' => {
  if (!header) return 'fr';
  const wanted = header
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const quality = Number(params.find((param) => param.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { language: tag.trim().slice(0, 2).toLowerCase(), quality };
    })
    .filter(({ language, quality }) => (language === 'fr' || language === 'en') && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return wanted[0]?.language === 'en' ? 'en' : 'fr';
};
