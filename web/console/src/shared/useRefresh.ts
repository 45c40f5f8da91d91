import { onMounted, onScopeDispose } from 'vue';

/** Calls again and again while the page is looked at, and at once when somebody comes back to it. */
export function useRefresh(refresh: () => Promise<void>, every: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;

  function plan(): void {
    clearTimeout(timer);
    if (!gone && document.visibilityState === 'visible') timer = setTimeout(() => void refresh().finally(plan), every);
  }

  function comesBack(): void {
    if (document.visibilityState === 'visible') void refresh().finally(plan);
    else clearTimeout(timer);
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', comesBack);
    plan();
  });
  onScopeDispose(() => {
    gone = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', comesBack);
  });
}
