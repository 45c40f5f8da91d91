import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { PosterLayout } from '@/api/types';

const MOST = 100;

export interface PosterHistory {
  layout: ShallowRef<PosterLayout>;
  canUndo: ComputedRef<boolean>;
  /** Changes of one occasion, such as all steps of one drag, are taken back together. */
  change: (next: PosterLayout, occasion: string) => void;
  undo: () => void;
}

/** A layout, and how it was before each change. */
export function usePosterHistory(first: PosterLayout): PosterHistory {
  const layout = shallowRef(first);
  const past = shallowRef<PosterLayout[]>([]);
  let last = '';

  return {
    layout,
    canUndo: computed(() => past.value.length > 0),
    change(next, occasion) {
      if (next === layout.value || JSON.stringify(next) === JSON.stringify(layout.value)) return;
      if (occasion !== last) past.value = [...past.value.slice(-MOST + 1), layout.value];
      last = occasion;
      layout.value = next;
    },
    undo() {
      const before = past.value.at(-1);
      if (!before) return;
      past.value = past.value.slice(0, -1);
      layout.value = before;
      last = '';
    },
  };
}
