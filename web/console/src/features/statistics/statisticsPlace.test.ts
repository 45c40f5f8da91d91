import { describe, expect, it } from 'vitest';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { placeOf, queryOf, rangeOf } from './statisticsPlace';

describe('placeOf', () => {
  it('is the trend of the last seven days, unless the address says more', () => {
    const place = placeOf({});

    expect(place).toMatchObject({ range: 'seven-days', tab: 'trend', figure: 'visitors', previous: true });
    expect(queryOf(place)).toEqual({});
    expect(rangeOf(place)).toEqual({ range: 'seven-days' });
  });

  it('reads what queryOf writes', () => {
    const queries: LocationQueryRaw[] = [
      { range: 'today', by: 'hour', tab: 'channels', compared: 'own,abc' },
      { from: '2026-11-01', to: '2026-11-22', figure: 'presses', channel: 'own', previous: 'off' },
    ];
    for (const query of queries) {
      expect(queryOf(placeOf(query as LocationQuery))).toEqual(query);
    }
  });

  it('takes nonsense for the usual', () => {
    expect(placeOf({ range: 'ever', from: '2026-11-01', to: 'now', by: 'week', tab: ['a', 'b'], figure: 'x' })).toEqual(placeOf({}));
  });

  it('asks for the days as they are', () => {
    expect(rangeOf(placeOf({ from: '2026-11-01', to: '2026-11-22' }))).toEqual({ from: '2026-11-01', to: '2026-11-22' });
  });
});
