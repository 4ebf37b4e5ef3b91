/** Whether the script has taken over the page that the server drew; `html` says so too. */
let taken = false;

export const takeOver = (): void => {
  taken = true;
  document.documentElement.dataset['scripted'] = 'true';
};

const isChanged = (control: Element): control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  (control instanceof HTMLInputElement &&
    control.type !== 'hidden' &&
    control.value !== control.defaultValue) ||
  (control instanceof HTMLTextAreaElement && control.value !== control.defaultValue) ||
  (control instanceof HTMLSelectElement &&
    [...control.options].some((option) => option.selected !== option.defaultSelected));

/** What somebody typed in a form before the script was there, on a slow line: it is theirs, and stays. */
export const typedBefore = (id: string): { readonly [name: string]: string } => {
  if (taken || typeof document === 'undefined') return {};
  const form = document.getElementById(id);
  if (!(form instanceof HTMLFormElement)) return {};
  return Object.fromEntries([...form.elements].filter(isChanged).map(({ name, value }) => [name, value]));
};
