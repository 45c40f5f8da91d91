import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { LoggedVisitsFilter, VisitReason } from '@/api/types';
import { fromWallTime } from '@/shared/time';

/** Every reason for what a visitor saw, in the order in which an operator looks for them. */
export const REASONS: VisitReason[] = [
  'first-usable', 'bound', 'rebound', 'next-round', 'welcome', 'handed-over-immediately', 'handed-over-when-exhausted', 'handed-over-after-presses',
  'all-full', 'all-expired', 'no-slot', 'closed', 'deleted',
];

/** The entrance that is the code's own QR. */
export const OWN = 'own';

export interface VisitFilters {
  from: string;
  to: string;
  slotId: string;
  channelId: string;
  visitor: string;
  reason: '' | VisitReason;
}

/** What is looked for stands in the address, so that it can be sent to a colleague who asks. */
export function filtersOf(query: LocationQuery): VisitFilters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const reason = text('reason') as VisitReason;
  return {
    from: text('from'), to: text('to'), slotId: text('slotId'), channelId: text('channelId'), visitor: text('visitor').trim(),
    reason: REASONS.includes(reason) ? reason : '',
  };
}

/** Fields that were left empty do not stand in the address. */
export function queryOf(filters: VisitFilters): LocationQueryRaw {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
}

/** As the API wants them; a time that is half typed is none yet. */
export function askFor({ from, to, slotId, channelId, visitor, reason }: VisitFilters): LoggedVisitsFilter {
  const start = fromWallTime(from);
  const end = fromWallTime(to);
  return {
    ...(start ? { from: start } : {}), ...(end ? { to: end } : {}), ...(slotId ? { slotId } : {}), ...(channelId ? { channelId } : {}),
    ...(visitor ? { visitor } : {}), ...(reason ? { reason } : {}),
  };
}
