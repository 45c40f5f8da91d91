import { describe, expect, it } from 'vitest';
import { toggled, wrongWith } from './seedChoice';

describe('seedChoice', () => {
  it('wants at least two and not too many', () => {
    expect(wrongWith(['a'])).toBe('few');
    expect(wrongWith(['a', 'b'])).toBeNull();
    expect(wrongWith(Array.from({ length: 21 }, (_, at) => String(at)))).toBe('many');
  });

  it('keeps the order of choosing', () => {
    expect(toggled(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(toggled(['a', 'b', 'c'], 'b')).toEqual(['a', 'c']);
  });
});
