import { describe, expect, it } from 'vitest';
import { MAX_BYTES, MAX_SIDE, needsShrinking, shrinkAttempts } from './shrinking';

describe('needsShrinking', () => {
  const phone = { width: 1170, height: 2340 };

  it.each([
    ['a usual screenshot', phone, 400_000, 'image/jpeg', false],
    ['exactly 2 MB', phone, MAX_BYTES, 'image/png', false],
    ['one byte more', phone, MAX_BYTES + 1, 'image/png', true],
    ['a side of 2400 px', { width: 1000, height: MAX_SIDE }, 400_000, 'image/jpeg', false],
    ['a side of 2401 px', { width: MAX_SIDE + 1, height: 1000 }, 400_000, 'image/jpeg', true],
    ['a kind of picture not every server reads', phone, 400_000, 'image/heic', true],
  ])('decides on %s', (_, size, bytes, type, expected) => {
    expect(needsShrinking(size, bytes, type)).toBe(expected);
  });
});

describe('shrinkAttempts', () => {
  it('brings the longer side down to 2400 px and keeps the shape', () => {
    expect(shrinkAttempts({ width: 3000, height: 4000 })[0]).toMatchObject({ width: 1800, height: 2400 });
  });

  it('never enlarges', () => {
    expect(shrinkAttempts({ width: 300, height: 400 })[0]).toMatchObject({ width: 300, height: 400 });
  });

  it('gets smaller with every try', () => {
    const weights = shrinkAttempts({ width: 4000, height: 3000 }).map(({ width, height, quality }) => width * height * quality);
    expect(weights).toEqual([...weights].sort((one, other) => other - one));
  });
});
