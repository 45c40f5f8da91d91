import type { LocationQuery, LocationQueryRaw } from 'vue-router';

export const PAGE_SIZES = [20, 50, 100];

export interface Filters {
  q: string;
  codeId: string;
  archived: boolean;
  page: number;
  pageSize: number;
}

/** What the list shows stands in the address, so that it survives a reload and can be sent to a colleague. */
export function filtersOf(query: LocationQuery): Filters {
  const page = Number(query.page);
  const pageSize = Number(query.pageSize);
  return {
    q: typeof query.q === 'string' ? query.q.trim() : '',
    codeId: typeof query.codeId === 'string' ? query.codeId : '',
    archived: query.archived === 'true',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : PAGE_SIZES[0]!,
  };
}

/** The usual values are left out: a plain list has a plain address. */
export function queryOf({ q, codeId, archived, page, pageSize }: Filters): LocationQueryRaw {
  return {
    ...(q ? { q } : {}),
    ...(codeId ? { codeId } : {}),
    ...(archived ? { archived: 'true' } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
    ...(pageSize !== PAGE_SIZES[0] ? { pageSize: String(pageSize) } : {}),
  };
}
