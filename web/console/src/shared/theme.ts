import { ref } from 'vue';
import { read, store } from './storage';

export type Theme = 'light' | 'dark' | 'system';

const system = window.matchMedia('(prefers-color-scheme: dark)');

export const theme = ref<Theme>(known(read('huoma.theme')));

export function chooseTheme(wanted: Theme): void {
  theme.value = wanted;
  store('huoma.theme', wanted === 'system' ? null : wanted);
  apply();
}

/** The same rule as public/theme.js, which runs before the first paint. */
function apply(): void {
  const dark = theme.value === 'dark' || (theme.value === 'system' && system.matches);
  document.documentElement.classList.toggle('dark', dark);
}

function known(value: string | null): Theme {
  return value === 'dark' || value === 'light' ? value : 'system';
}

system.addEventListener('change', apply);
