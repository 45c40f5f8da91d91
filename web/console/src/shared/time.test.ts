import { describe, expect, it } from 'vitest';
import { formatMinute, formatSecond, fromWallTime, toWallTime, wallTimeAfter } from './time';

describe('北京时间', () => {
  it('shows instants as clocks in Shanghai do, whatever the browser thinks', () => {
    expect(formatSecond('2026-11-22T16:00:01Z')).toBe('2026-11-23 00:00:01');
    expect(formatMinute('2026-12-31T15:59:59.999Z')).toBe('2026-12-31 23:59');
  });

  it('goes through the field and back unchanged', () => {
    expect(fromWallTime(toWallTime('2026-11-29T07:30:00.000Z'))).toBe('2026-11-29T07:30:00.000Z');
  });

  it.each(['', '2026-11-29', '2026-11-29T', 'tomorrow', '2026-13-40T00:00'])('takes %j for no time at all', (wall) => {
    expect(fromWallTime(wall)).toBeNull();
  });

  it('counts days from now', () => {
    expect(wallTimeAfter(7, Date.parse('2026-11-22T01:30:00Z'))).toBe('2026-11-29T09:30');
  });
});
