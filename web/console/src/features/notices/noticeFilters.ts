import type { LocationQuery, LocationQueryRaw, RouteLocationRaw } from 'vue-router';
import type { Notice, NoticeFilter, NoticeKind } from '@/api/types';
import type { Tone } from '@/shared/ui/StateBadge.vue';

/** All kinds there are, the most urgent first. */
export const KINDS: NoticeKind[] = ['code-exhausted', 'slot-expired', 'slot-expiring', 'last-slot', 'code-running-out', 'code-forecast',
  'robot-offline', 'robot-needs-login', 'group-failed', 'group-qr-missing', 'quota-low', 'rewards-out', 'token-guessing', 'poster-unreadable'];

/** Those that are sent even in 免打扰时段; 即将过期 only in its last two hours. */
export const URGENT: NoticeKind[] = ['code-exhausted', 'slot-expired'];

/** Where it is put right. */
export function placeOf({ about, codeId, slotId, robotId }: Pick<Notice, 'about' | 'codeId' | 'slotId' | 'robotId'>): RouteLocationRaw {
  if (about === 'quota') return { name: 'quota' };
  if (about === 'campaign') return { name: 'campaigns' };
  if (about === 'robot') return { name: 'robot', params: { id: robotId ?? '' } };
  return about === 'groups'
    ? { name: 'groups', params: { id: codeId ?? '' } }
    : { name: 'slots', params: { id: codeId ?? '' }, query: slotId ? { slot: slotId } : {} };
}

export interface Filters {
  kind: NoticeKind | '';
  codeId: string;
  unread: boolean;
  page: number;
}

export function filtersOf(query: LocationQuery): Filters {
  const page = Number(query.page);
  return {
    kind: KINDS.find((kind) => kind === query.kind) ?? '',
    codeId: typeof query.codeId === 'string' ? query.codeId : '',
    unread: query.unread === 'true',
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** What the list shows stands in the address; the usual values are left out. */
export function queryOf({ kind, codeId, unread, page }: Filters): LocationQueryRaw {
  return { ...(kind ? { kind } : {}), ...(codeId ? { codeId } : {}), ...(unread ? { unread: 'true' } : {}), ...(page > 1 ? { page: String(page) } : {}) };
}

export function askFor({ kind, codeId, unread, page }: Filters): NoticeFilter {
  return { page, pageSize: 20, ...(kind ? { kind } : {}), ...(codeId ? { codeId } : {}), ...(unread ? { unread } : {}) };
}

export function toneOf(kind: NoticeKind, urgent: boolean): Tone {
  return urgent ? 'bad' : kind === 'code-forecast' ? 'info' : 'warn';
}

/** How long the places last at the pace of that moment: minutes, hours or days, with one digit after the point. */
export function lasting(minutes: number): { key: 'minutes' | 'hours' | 'days'; n: number } {
  if (minutes < 60) return { key: 'minutes', n: Math.max(1, minutes) };
  const [key, length] = minutes < 1_440 ? ['hours', 60] as const : ['days', 1_440] as const;
  return { key, n: Math.round((minutes / length) * 10) / 10 };
}
