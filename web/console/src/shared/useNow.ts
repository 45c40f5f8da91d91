import { onScopeDispose, ref, type Ref } from 'vue';

/** The present, moving on every half minute: enough for countdowns in minutes. */
export function useNow(every = 30_000): Ref<number> {
  const now = ref(Date.now());
  const timer = setInterval(() => { now.value = Date.now(); }, every);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
