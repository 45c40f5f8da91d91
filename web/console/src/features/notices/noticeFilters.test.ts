import { describe, expect, it } from 'vitest';
import type { LocationQuery } from 'vue-router';
import { askFor, filtersOf, lasting, queryOf, toneOf } from './noticeFilters';

describe('noticeFilters', () => {
  it('go into the address and come back', () => {
    const filters = { kind: 'last-slot', codeId: '2Qk9Zx7Lm0B', unread: true, page: 3 } as const;
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters);
    expect(queryOf({ kind: '', codeId: '', unread: false, page: 1 })).toEqual({});
  });

  it.each<LocationQuery>([{ kind: 'nonsense' }, { page: '-1' }, { page: 'x' }, { unread: '1' }])('take %j for nothing', (query) => {
    expect(filtersOf(query)).toEqual({ kind: '', codeId: '', unread: false, page: 1 });
  });

  it('ask the server for what is chosen only', () => {
    expect(askFor({ kind: '', codeId: '', unread: false, page: 2 })).toEqual({ page: 2, pageSize: 20 });
    expect(askFor({ kind: 'slot-expired', codeId: '', unread: true, page: 1 })).toEqual({ page: 1, pageSize: 20, kind: 'slot-expired', unread: true });
  });

  it('show the urgent ones in red', () => {
    expect(toneOf('slot-expiring', true)).toBe('bad');
    expect(toneOf('slot-expiring', false)).toBe('warn');
    expect(toneOf('code-forecast', false)).toBe('info');
  });

  it.each([
    [0, 'minutes', 1], [59, 'minutes', 59], [60, 'hours', 1], [134, 'hours', 2.2], [4_320, 'days', 3],
  ] as const)('say %d minutes in %s', (minutes, key, n) => {
    expect(lasting(minutes)).toEqual({ key, n });
  });
});
