import { describe, expect, it } from 'vitest';
import { countdown } from './expiry';
import { DAY, HOUR } from './time';

const now = Date.parse('2026-11-22T08:00:00Z');

describe('countdown', () => {
  it.each([
    ['7 days', 7 * DAY, 'good', 'days'],
    ['48 h and a millisecond', 48 * HOUR + 1, 'good', 'days'],
    ['exactly 48 h', 48 * HOUR, 'warn', 'days'],
    ['24 h and a millisecond', 24 * HOUR + 1, 'warn', 'days'],
    ['exactly 24 h', 24 * HOUR, 'bad', 'days'],
    ['an hour', HOUR, 'bad', 'hours'],
    ['a minute less than an hour', HOUR - 60_000, 'bad', 'minutes'],
    ['a millisecond', 1, 'bad', 'minutes'],
    ['nothing', 0, 'mute', 'expired'],
    ['a time that has passed', -DAY, 'mute', 'expired'],
  ])('shows %s left', (_, left, tone, key) => {
    expect(countdown(now + left, now)).toMatchObject({ tone, key });
  });

  it('takes days and hours apart', () => {
    expect(countdown(new Date(now + 2 * DAY + 5 * HOUR).toISOString(), now)).toMatchObject({ days: 2, hours: 5 });
  });

  it('never says 0 minutes while it still holds', () => {
    expect(countdown(now + 500, now).minutes).toBe(1);
  });
});
