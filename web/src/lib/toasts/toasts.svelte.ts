import { createContext } from 'svelte';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
  /** A way back, while it lasts. */
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

const SECONDS = { good: 8, bad: 20 };

/** Short words at the foot of the page about what has just been done. */
export class Toasts {
  list: readonly Toast[] = $state.raw([]);
  #next = 1;

  say(toast: Omit<Toast, 'id'>, seconds: number = SECONDS[toast.tone]): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { ...toast, id }];
    setTimeout(() => this.dismiss(id), seconds * 1000);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
