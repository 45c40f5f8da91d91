import { describe, expect, it } from 'vitest';
import { filtersOf, queryOf } from './filters';

describe('filters of channels in the address', () => {
  it('come back as they were written', () => {
    const filters = { q: '海报', codeId: '2Qk9Zx7Lm0B', archived: true, page: 3, pageSize: 50 };
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters);
  });

  it('leave a plain address for a plain list', () => {
    expect(queryOf(filtersOf({}))).toEqual({});
  });

  it.each([
    [{ page: '-2' }, { page: 1 }],
    [{ pageSize: '1000' }, { pageSize: 20 }],
    [{ archived: '1' }, { archived: false }],
    [{ codeId: ['a', 'b'] }, { codeId: '' }],
    [{ q: '  渠道  ' }, { q: '渠道' }],
  ])('read %j as well as can be', (query, expected) => {
    expect(filtersOf(query)).toMatchObject(expected);
  });
});
