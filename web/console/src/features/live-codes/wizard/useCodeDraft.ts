import { ref, watch, type Ref } from 'vue';
import { me } from '@/shared/session';
import { read, store } from '@/shared/storage';
import { emptyForm, same, type CodeForm } from '../form/codeForm';
import type { Kind } from '../kinds';

export interface CodeDraft {
  form: Ref<CodeForm>;
  /** Whether an earlier, unfinished input was found. */
  restored: Ref<boolean>;
  discard: () => void;
}

/** The form of a new code; what is typed is kept in this browser, for each user apart, until the code exists. */
export function useCodeDraft(kind: Kind): CodeDraft {
  const key = `huoma.draft.new-${kind}-code.${me.value?.user.id ?? ''}`;
  const kept = draftOf(kind, read(key));
  const form = ref(kept ?? emptyForm(kind));
  const restored = ref(kept !== null && !same(kept, emptyForm(kind)));
  watch(form, (value) => store(key, same(value, emptyForm(kind)) ? null : JSON.stringify(value)), { deep: true });

  function discard(): void {
    store(key, null);
    form.value = emptyForm(kind);
    restored.value = false;
  }

  return { form, restored, discard };
}

/** What was stored, as far as it still fits: an older console may have written it. */
export function draftOf(kind: Kind, text: string | null): CodeForm | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Partial<CodeForm> | null;
    if (typeof kept !== 'object' || kept === null) return null;
    const empty = emptyForm(kind);
    return {
      ...fitting(empty, kept),
      welcome: fitting(empty.welcome, kept.welcome ?? {}, ['imageId', 'imageUrl']),
      seats: fitting(empty.seats, kept.seats ?? {}),
      auto: fitting(empty.auto, kept.auto ?? {}),
      building: kept.building === 'auto' && kind === 'group' ? 'auto' : 'manual',
      handOver: fitting(empty.handOver, kept.handOver ?? {}, ['targetId', 'targetNumber', 'targetName']),
      kind,
    };
  } catch {
    return null;
  }
}

function fitting<T extends object>(empty: T, kept: Partial<T>, texts: string[] = []): T {
  const fits = Object.entries(kept).filter(([key, value]) => key in empty && (texts.includes(key)
    ? value === null || typeof value === 'string'
    : typeof value === typeof empty[key as keyof T]));
  return { ...empty, ...Object.fromEntries(fits) };
}
