import type { LocationQuery, LocationQueryRaw } from 'vue-router';

export const PRESETS = ['today', 'yesterday', 'seven-days', 'thirty-days'] as const;
export const TABS = ['trend', 'channels', 'slots', 'audience'] as const;
export const FIGURES = ['scans', 'visitors', 'presses', 'pressVisitors'] as const;

export type Preset = (typeof PRESETS)[number];
export type Tab = (typeof TABS)[number];
export type Figure = (typeof FIGURES)[number];
export type By = 'hour' | 'day';

export interface Place {
  /** Null: the days of `from` and `to`. */
  range: Preset | null;
  from: string;
  to: string;
  /** Null: the server's choice for the range. */
  by: By | null;
  tab: Tab;
  figure: Figure;
  /** The entrance looked at; empty: all. */
  channel: string;
  /** The entrances compared; empty: the busiest. */
  compared: string[];
  previous: boolean;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function one<T extends string>(words: readonly T[], value: unknown): T | null {
  return words.find((word) => word === value) ?? null;
}

/** What the page shows stands in the address, so that it survives a reload and can be sent to a colleague. */
export function placeOf(query: LocationQuery): Place {
  const [from, to] = [query.from, query.to].map((day) => (typeof day === 'string' && DAY.test(day) ? day : ''));
  const custom = from !== '' && to !== '';
  return {
    range: custom ? null : one(PRESETS, query.range) ?? 'seven-days',
    from: custom ? from! : '',
    to: custom ? to! : '',
    by: one(['hour', 'day'] as const, query.by),
    tab: one(TABS, query.tab) ?? 'trend',
    figure: one(FIGURES, query.figure) ?? 'visitors',
    channel: typeof query.channel === 'string' ? query.channel : '',
    compared: typeof query.compared === 'string' && query.compared !== '' ? query.compared.split(',').slice(0, 10) : [],
    previous: query.previous !== 'off',
  };
}

/** The usual values are left out: a plain page has a plain address. */
export function queryOf(place: Place): LocationQueryRaw {
  return {
    ...(place.range ? (place.range === 'seven-days' ? {} : { range: place.range }) : { from: place.from, to: place.to }),
    ...(place.by ? { by: place.by } : {}),
    ...(place.tab === 'trend' ? {} : { tab: place.tab }),
    ...(place.figure === 'visitors' ? {} : { figure: place.figure }),
    ...(place.channel ? { channel: place.channel } : {}),
    ...(place.compared.length > 0 ? { compared: place.compared.join(',') } : {}),
    ...(place.previous ? {} : { previous: 'off' }),
  };
}

export interface RangeQuery {
  range?: Preset;
  from?: string;
  to?: string;
  by?: By;
}

/** The part of the place that the API asks for. */
export function rangeOf(place: Place): RangeQuery {
  return {
    ...(place.range ? { range: place.range } : { from: place.from, to: place.to }),
    ...(place.by ? { by: place.by } : {}),
  };
}
