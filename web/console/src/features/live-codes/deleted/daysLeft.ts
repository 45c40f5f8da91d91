import { DAY } from '@/shared/time';

/** Whole days in which something can still be restored; 0 on the last one. */
export function daysLeft(restorableUntil: string, now: number): number {
  return Math.max(0, Math.floor((new Date(restorableUntil).getTime() - now) / DAY));
}
