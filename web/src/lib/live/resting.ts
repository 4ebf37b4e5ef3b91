/** How long nobody must have touched the page, in milliseconds, before what it asks by itself counts for nothing. */
const AFTER = 60_000;
const SIGNS = ['pointerdown', 'keydown', 'touchstart', 'wheel'] as const;

/**
 * A page reads again by itself when something happens, and that is no sign of life of its person: while nobody
 * touches it, it says so, and their session may go idle. The answer stops it.
 */
export const watchRest = (): (() => void) => {
  const say = (resting: boolean) => {
    document.cookie = `vigie.resting=${resting ? '1' : ''}; path=/; samesite=lax${resting ? '' : '; max-age=0'}${
      location.protocol === 'https:' ? '; secure' : ''
    }`;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resting = true;
  const touched = () => {
    if (resting) say(false);
    resting = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      resting = true;
      say(true);
    }, AFTER);
  };
  touched();
  for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    say(false);
    for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true });
  };
};
