import { describe, expect, it } from 'vitest';
import { askOf, filtersOf, queryOf } from './filters';

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = { q: '100%_双"十一', status: 'off' as const, sort: 'scans' as const, page: 3, pageSize: 50 };
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters);
  });

  it('leave a plain address for a plain list', () => {
    expect(queryOf(filtersOf({}))).toEqual({});
    expect(askOf(filtersOf({}))).toEqual({ page: 1, pageSize: 20 });
  });

  it.each([
    [{ page: '0' }, { page: 1 }],
    [{ page: '-2' }, { page: 1 }],
    [{ page: '1.5' }, { page: 1 }],
    [{ page: 'x' }, { page: 1 }],
    [{ pageSize: '1000' }, { pageSize: 20 }],
    [{ pageSize: '100' }, { pageSize: 100 }],
    [{ status: 'broken' }, { status: '' }],
    [{ sort: 'luck' }, { sort: 'created' }],
    [{ sort: ['name', 'scans'] }, { sort: 'created' }],
    [{ q: ['a', 'b'] }, { q: '' }],
    [{ q: '  群  ' }, { q: '群' }],
  ])('read %j as well as can be', (query, expected) => {
    expect(filtersOf(query)).toMatchObject(expected);
  });

  it.each([
    ['name', { sort: 'name' }],
    ['scans', { sort: 'scans' }],
    ['oldest', { sort: 'created', order: 'asc' }],
  ])('ask the API for the sort %s', (sort, expected) => {
    expect(askOf(filtersOf({ sort }))).toEqual({ page: 1, pageSize: 20, ...expected });
  });
});
