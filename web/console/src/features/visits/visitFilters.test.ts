import { describe, expect, it } from 'vitest';
import { askFor, filtersOf, queryOf } from './visitFilters';

const none = { from: '', to: '', slotId: '', channelId: '', visitor: '', reason: '' } as const;

describe('filters of the replay', () => {
  it('survive the address', () => {
    const filters = { ...none, from: '2026-11-22T12:00', visitor: '000000000Aq', reason: 'all-full' } as const;
    expect(filtersOf(queryOf(filters) as Record<string, string>)).toEqual(filters);
  });

  it('are left out while empty', () => {
    expect(queryOf(none)).toEqual({});
    expect(askFor(none)).toEqual({});
  });

  it('ignore what nobody could have chosen', () => expect(filtersOf({ reason: 'luck', slotId: ['a', 'b'] })).toEqual(none));

  it('ask in instants, and not before a time is whole', () => {
    expect(askFor({ ...none, from: '2026-11-22T12:00', to: '2026-11' })).toEqual({ from: '2026-11-22T04:00:00.000Z' });
  });
});
