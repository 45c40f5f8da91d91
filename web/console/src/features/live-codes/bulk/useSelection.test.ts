import { nextTick, ref } from 'vue';
import { describe, expect, it } from 'vitest';
import type { LiveCode } from '@/api/types';
import { useSelection } from './useSelection';

const codes = (...ids: string[]) => ids.map((id) => ({ id }) as LiveCode);

describe('the selection', () => {
  it('takes one, all, and none', () => {
    const { chosen, all, some, toggle, toggleAll } = useSelection(ref(codes('a', 'b')));
    toggle('b');
    expect([chosen.value.map(({ id }) => id), all.value, some.value]).toEqual([['b'], false, true]);
    toggleAll();
    expect([chosen.value.length, all.value, some.value]).toEqual([2, true, false]);
    toggleAll();
    expect(chosen.value).toEqual([]);
  });

  it('forgets what is no longer shown, for good', async () => {
    const shown = ref(codes('a', 'b'));
    const { chosen, toggleAll } = useSelection(shown);
    toggleAll();
    shown.value = codes('b', 'c');
    await nextTick();
    expect(chosen.value.map(({ id }) => id)).toEqual(['b']);
    shown.value = codes('a', 'b');
    await nextTick();
    expect(chosen.value.map(({ id }) => id)).toEqual(['b']);
  });

  it('has nothing to choose on an empty page', () => {
    expect(useSelection(ref([])).all.value).toBe(false);
  });
});
