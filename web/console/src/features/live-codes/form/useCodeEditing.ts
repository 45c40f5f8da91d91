import { computed, ref, watch } from 'vue';
import type { LiveCode } from '@/api/types';
import { Problem } from '@/api/problem';
import { useAction } from '@/shared/useAction';
import { liveCodesApi } from '../liveCodesApi';
import { check, differences, emptyForm, formOf, same, stillWrong, toChange, type CodeForm, type Difference, type Errors } from './codeForm';

/** Edits one code; when somebody else has changed it meanwhile, nothing is overwritten unseen. */
export function useCodeEditing() {
  const code = ref<LiveCode | null>(null);
  const base = ref<CodeForm>(emptyForm('group'));
  const form = ref<CodeForm>(emptyForm('group'));
  const own = ref<Errors>({});
  const theirs = ref<LiveCode | null>(null);
  const conflict = ref<Difference[] | null>(null);
  const { busy, problem, run } = useAction();
  const dirty = computed(() => code.value !== null && !same(base.value, form.value));
  const errors = computed<Errors>(() => ({ ...problem.value?.errors, ...own.value }));

  watch(form, () => {
    own.value = stillWrong(own.value, form.value);
    problem.value = null;
  }, { deep: true });

  function begin(loaded: LiveCode): void {
    if (code.value?.id === loaded.id && dirty.value) return;
    take(loaded);
  }

  function take(loaded: LiveCode): void {
    code.value = loaded;
    base.value = formOf(loaded);
    form.value = formOf(loaded);
    conflict.value = null;
  }

  /** True once the form is stored. */
  async function save(): Promise<boolean> {
    own.value = check(form.value);
    if (!code.value || Object.keys(own.value).length > 0) return false;
    const { id } = code.value;
    return await run(() => store(id)) && conflict.value === null;
  }

  async function store(id: string): Promise<void> {
    try {
      take(await liveCodesApi.change(id, { version: code.value!.version, ...toChange(form.value) }));
    } catch (error) {
      if (Problem.of(error).code !== 'live-code.changed-meanwhile') throw error;
      const now = await liveCodesApi.get(id);
      const changed = differences(base.value, formOf(now), form.value);
      // Only its slots or its status have moved on, nothing that stands in this form: no question worth asking.
      if (changed.length === 0) {
        take(await liveCodesApi.change(id, { version: now.version, ...toChange(form.value) }));
        return;
      }
      theirs.value = now;
      conflict.value = changed;
    }
  }

  function takeTheirs(): void {
    if (theirs.value) take(theirs.value);
  }

  function keepMine(): void {
    if (!theirs.value) return;
    code.value = theirs.value;
    base.value = formOf(theirs.value);
    conflict.value = null;
  }

  /** The status is switched beside the form and has made a new version of the code. */
  function statusChanged(now: LiveCode): void {
    if (code.value && code.value.id === now.id && same(base.value, formOf(now))) code.value = now;
  }

  return { form, errors, busy, dirty, conflict, begin, save, takeTheirs, keepMine, statusChanged };
}
