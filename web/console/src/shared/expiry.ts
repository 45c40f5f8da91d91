import { DAY, HOUR } from './time';

export type ExpiryTone = 'good' | 'warn' | 'bad' | 'mute';

export interface Countdown {
  tone: ExpiryTone;
  /** Which text to show, with the figures it takes. */
  key: 'expired' | 'days' | 'hours' | 'minutes';
  days: number;
  hours: number;
  minutes: number;
}

/** 有效期 as a badge: 绿 > 48 h, 橙 ≤ 48 h, 红 ≤ 24 h, 灰 已过期 (from the very instant on). */
export function countdown(expiresAt: string | number, now: number): Countdown {
  const left = new Date(expiresAt).getTime() - now;
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.max(1, Math.floor((left % HOUR) / 60_000));
  if (left <= 0) return { tone: 'mute', key: 'expired', days: 0, hours: 0, minutes: 0 };
  const tone = left <= DAY ? 'bad' : left <= 2 * DAY ? 'warn' : 'good';
  const key = left >= DAY ? 'days' : left >= HOUR ? 'hours' : 'minutes';
  return { tone, key, days, hours, minutes };
}
