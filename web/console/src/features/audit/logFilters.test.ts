import { describe, expect, it } from 'vitest';
import { logAskOf, logFiltersOf, logQueryOf } from './logFilters';

describe('filters of the log', () => {
  it('come back as they were written', () => {
    const filters = { subject: 'slot' as const, actor: '系统', from: '2026-11-01', to: '2026-11-22', page: 2 };
    expect(logFiltersOf(logQueryOf(filters) as Record<string, string>)).toEqual(filters);
    expect(logQueryOf(logFiltersOf({}))).toEqual({});
  });

  it('drop what is no day or no subject', () => {
    expect(logFiltersOf({ subject: 'moon', from: 'yesterday', to: '2026-13-45', page: '-1' })).toEqual({ subject: '', actor: '', from: '', to: '', page: 1 });
  });

  it('put days the right way round', () => {
    expect(logAskOf(logFiltersOf({ from: '2026-11-22', to: '2026-11-01' }))).toEqual({ page: 1, from: '2026-11-01', to: '2026-11-22' });
  });
});
