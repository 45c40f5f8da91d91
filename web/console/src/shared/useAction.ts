import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { Problem } from '@/api/problem';
import { tellFailure } from './notify';

export interface Action {
  busy: Ref<boolean>;
  problem: ShallowRef<Problem | null>;
  /** True when it went well. A problem that stands at fields is left to the form, any other is told. */
  run: (work: () => Promise<void>) => Promise<boolean>;
}

/** Something a user does once at a time: busy while it runs, its problem kept until the next try. */
export function useAction(options: { tell?: boolean } = {}): Action {
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);

  async function run(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = Problem.of(error);
      if (options.tell !== false && !problem.value.atFields) tellFailure(problem.value);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, run };
}
