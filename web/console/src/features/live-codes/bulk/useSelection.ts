import { computed, ref, watch, type Ref } from 'vue';
import type { LiveCode } from '@/api/types';

export interface Selection {
  ids: Ref<Set<string>>;
  chosen: Ref<LiveCode[]>;
  all: Ref<boolean>;
  some: Ref<boolean>;
  toggle: (id: string) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** What is ticked on the page at hand. What is no longer shown is no longer chosen: nobody closes what he does not see. */
export function useSelection(shown: Ref<LiveCode[]>): Selection {
  const ids = ref(new Set<string>());
  const chosen = computed(() => shown.value.filter(({ id }) => ids.value.has(id)));
  const all = computed(() => shown.value.length > 0 && chosen.value.length === shown.value.length);
  const some = computed(() => chosen.value.length > 0 && !all.value);

  watch(shown, () => { ids.value = new Set(chosen.value.map(({ id }) => id)); });

  function toggle(id: string): void {
    const next = new Set(ids.value);
    if (!next.delete(id)) next.add(id);
    ids.value = next;
  }

  function toggleAll(): void {
    ids.value = new Set(all.value ? [] : shown.value.map(({ id }) => id));
  }

  return { ids, chosen, all, some, toggle, toggleAll, clear: () => { ids.value = new Set(); } };
}
