import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { Problem } from '@/api/problem';

export interface Load<T> {
  data: ShallowRef<T | null>;
  loading: Ref<boolean>;
  problem: ShallowRef<Problem | null>;
  /** Loads anew; `quietly` keeps what is on the screen, and on failure too. */
  reload: (quietly?: boolean) => Promise<void>;
}

/** One piece of data with its three states; an answer that was overtaken by a newer question is dropped. */
export function useLoad<T>(load: () => Promise<T>): Load<T> {
  const data: ShallowRef<T | null> = shallowRef(null);
  const loading = ref(true);
  const problem = shallowRef<Problem | null>(null);
  let question = 0;

  async function reload(quietly = false): Promise<void> {
    const mine = ++question;
    if (!quietly) loading.value = true;
    try {
      const answer = await load();
      if (mine !== question) return;
      data.value = answer;
      problem.value = null;
    } catch (error) {
      if (mine === question && !(quietly && data.value !== null)) problem.value = Problem.of(error);
    } finally {
      if (mine === question) loading.value = false;
    }
  }

  onScopeDispose(() => { question++; });
  void reload();
  return { data, loading, problem, reload };
}
