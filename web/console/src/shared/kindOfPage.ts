import { onScopeDispose, ref, watchEffect } from 'vue';

/** Whether the page is about 群活码 or 名片码, where its address does not tell; null when it is about neither, or not known yet. */
export const kindOfPage = ref<'group' | 'card' | null>(null);

/** For a page about one code: marks its entry of the menu. */
export function useKindOfPage(kind: () => 'group' | 'card' | undefined): void {
  const mine = ref<'group' | 'card' | null>(null);
  watchEffect(() => { kindOfPage.value = mine.value = kind() ?? null; });
  // The next page may have said its own kind already.
  onScopeDispose(() => { if (kindOfPage.value === mine.value) kindOfPage.value = null; });
}
