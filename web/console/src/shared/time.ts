/** All of the product's clocks show 北京时间, whatever the browser's zone; it has had no summer time since 1991. */
export const ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

/** yyyy-MM-dd HH:mm:ss */
export function formatSecond(instant: string | number | Date): string {
  return parts.format(new Date(instant));
}

/** yyyy-MM-dd HH:mm */
export function formatMinute(instant: string | number | Date): string {
  return formatSecond(instant).slice(0, 16);
}

/** What a `datetime-local` field holds for an instant: 2026-11-29T15:30. */
export function toWallTime(instant: string | number | Date): string {
  return formatMinute(instant).replace(' ', 'T');
}

/** The instant a `datetime-local` field means; null while it is empty or half typed. */
export function fromWallTime(wall: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return null;
  const at = new Date(`${wall}:00${OFFSET}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

export function wallTimeAfter(days: number, now: number = Date.now()): string {
  return toWallTime(now + days * DAY);
}
