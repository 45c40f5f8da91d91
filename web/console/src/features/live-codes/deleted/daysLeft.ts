import { DAY } from '@/shared/time';

/** Days in which something can still be restored, the one that has begun among them; 0 when it is over. */
export function daysLeft(restorableUntil: string, now: number): number {
  return Math.max(0, Math.ceil((new Date(restorableUntil).getTime() - now) / DAY));
}
