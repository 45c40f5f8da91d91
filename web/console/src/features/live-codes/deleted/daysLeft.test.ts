import { describe, expect, it } from 'vitest';
import { daysLeft } from './daysLeft';

describe('days left to restore', () => {
  it.each([
    ['2026-11-22T04:00:00.000Z', 30],
    ['2026-11-22T04:00:00.001Z', 30],
    ['2026-11-23T04:00:00.000Z', 29],
    ['2026-12-21T03:59:59.999Z', 2],
    ['2026-12-21T04:00:00.001Z', 1],
    ['2026-12-22T04:00:00.000Z', 0],
    ['2027-01-01T00:00:00.000Z', 0],
  ])('at %s: %i', (now, days) => {
    expect(daysLeft('2026-12-22T04:00:00.000Z', new Date(now).getTime())).toBe(days);
  });
});
