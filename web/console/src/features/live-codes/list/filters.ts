import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { LiveCodeFilter } from '@/api/types';

export const PAGE_SIZES = [20, 50, 100];
export const SORTS = ['created', 'oldest', 'name', 'scans'] as const;
export type Sort = (typeof SORTS)[number];

export interface Filters {
  q: string;
  status: '' | 'on' | 'off';
  sort: Sort;
  page: number;
  pageSize: number;
}

/** What the list shows stands in the address, so that it survives a reload and can be sent to a colleague. */
export function filtersOf(query: LocationQuery): Filters {
  const page = Number(query.page);
  const pageSize = Number(query.pageSize);
  return {
    q: typeof query.q === 'string' ? query.q.trim() : '',
    status: query.status === 'on' || query.status === 'off' ? query.status : '',
    sort: SORTS.find((sort) => sort === query.sort) ?? 'created',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : PAGE_SIZES[0]!,
  };
}

/** The usual values are left out: a plain list has a plain address. */
export function queryOf({ q, status, sort, page, pageSize }: Filters): LocationQueryRaw {
  return {
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
    ...(sort !== 'created' ? { sort } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
    ...(pageSize !== PAGE_SIZES[0] ? { pageSize: String(pageSize) } : {}),
  };
}

/** The same as a question to the API. */
export function askOf({ q, status, sort, page, pageSize }: Filters): LiveCodeFilter {
  return {
    page,
    pageSize,
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
    ...(sort === 'oldest' ? { sort: 'created', order: 'asc' } : sort === 'created' ? {} : { sort }),
  };
}
