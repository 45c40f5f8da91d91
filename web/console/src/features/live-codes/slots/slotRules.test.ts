import { describe, expect, it } from 'vitest';
import type { Slot } from '@/api/types';
import { fullness, isLastUsable, moved, nextInLine } from './slotRules';

function slots(...states: Slot['state'][]): Slot[] {
  return states.map((state, index) => ({ id: String(index), state }) as Slot);
}

describe('nextInLine', () => {
  it('is the first that waits', () => expect(nextInLine(slots('full', 'serving', 'expired', 'waiting', 'waiting'))).toBe('3'));
  it('is nobody when none waits', () => expect(nextInLine(slots('serving', 'full', 'off'))).toBeNull());
});

describe('isLastUsable', () => {
  const one = slots('full', 'serving', 'expired');
  const two = slots('serving', 'waiting');
  it('tells the only one that visitors can be shown', () => expect(isLastUsable(one, one[1]!)).toBe(true));
  it('knows that the full one is not it', () => expect(isLastUsable(one, one[0]!)).toBe(false));
  it('sees that another one is left', () => expect(isLastUsable(two, two[0]!)).toBe(false));
});

describe('fullness', () => {
  it.each([[0, 100, 0], [87, 100, 87], [1, 3, 33], [100, 100, 100], [130, 100, 100]])('%d of %d is %d %%', (presses, threshold, percent) => {
    expect(fullness(presses, threshold)).toBe(percent);
  });
});

describe('moved', () => {
  it('moves down', () => expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']));
  it('moves up', () => expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']));
  it('stops at the ends', () => expect(moved(['a', 'b'], 1, 9)).toEqual(['a', 'b']));
  it('leaves the list it was given alone', () => {
    const list = ['a', 'b'];
    moved(list, 0, 1);
    expect(list).toEqual(['a', 'b']);
  });
});
