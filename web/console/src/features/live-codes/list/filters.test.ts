import { describe, expect, it } from 'vitest';
import { filtersOf, queryOf } from './filters';

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = { q: '双十一', status: 'off' as const, page: 3, pageSize: 50 };
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters);
  });

  it('leave a plain address for a plain list', () => {
    expect(queryOf(filtersOf({}))).toEqual({});
  });

  it.each([
    [{ page: '0' }, { page: 1 }],
    [{ page: '-2' }, { page: 1 }],
    [{ page: '1.5' }, { page: 1 }],
    [{ page: 'x' }, { page: 1 }],
    [{ pageSize: '1000' }, { pageSize: 20 }],
    [{ status: 'broken' }, { status: '' }],
    [{ q: ['a', 'b'] }, { q: '' }],
    [{ q: '  群  ' }, { q: '群' }],
  ])('read %j as well as can be', (query, expected) => {
    expect(filtersOf(query)).toMatchObject(expected);
  });
});
