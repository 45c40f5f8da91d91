import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { AuditFilter } from '@/api/types';

export const SUBJECTS = ['live-code', 'slot', 'channel', 'notice-channel', 'user', 'robot', 'group', 'blacklist', 'quota',
  'group-rules', 'announcement', 'campaign', 'official-account'] as const;

export interface LogFilters {
  subject: '' | (typeof SUBJECTS)[number];
  actor: string;
  from: string;
  to: string;
  page: number;
}

/** The filters of the log as they stand in the address. */
export function logFiltersOf(query: LocationQuery): LogFilters {
  const page = Number(query.page);
  return {
    subject: SUBJECTS.find((subject) => subject === query.subject) ?? '',
    actor: typeof query.actor === 'string' ? query.actor : '',
    from: dayOf(query.from),
    to: dayOf(query.to),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

export function logQueryOf(filters: LogFilters): LocationQueryRaw {
  const given = Object.entries(filters).filter(([name, value]) => value !== '' && !(name === 'page' && value === 1));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** A last day before the first one would be refused: then the days are the wrong way round. */
export function logAskOf({ subject, actor, from, to, page }: LogFilters): AuditFilter {
  const [first, last] = from && to && to < from ? [to, from] : [from, to];
  return { page, ...(subject ? { subject } : {}), ...(actor ? { actor } : {}), ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
}

function dayOf(value: LocationQuery[string] | undefined): string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';
}
