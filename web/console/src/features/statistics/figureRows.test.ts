import { describe, expect, it } from 'vitest';
import type { Statistics } from '@/api/types';
import { axisOf, changeOf, comparable, shareOf } from './figureRows';

const point = (at: string, scans: number) => ({
  at, scans, visitors: 0, newVisitors: 0, returningVisitors: 0, presses: 0, pressVisitors: 0, joins: 0, devices: { ios: 0, android: 0, weCom: 0, other: 0 },
});

describe('comparable', () => {
  const hours = (day: string, scans: number[]) => scans.map((value, hour) => point(`${day}T0${hour}:00:00.000Z`, value));
  const statistics = (at: string) => ({
    by: 'hour', at, series: hours('2026-11-22', [1, 2, 0]), previous: { series: hours('2026-11-21', [3, 4, 5]), totals: { scans: 12 } },
  }) as unknown as Statistics;

  it('sets hours so far against the same hours, and what is over against all', () => {
    expect(comparable(statistics('2026-11-22T01:30:00.000Z'), 'scans')).toEqual({ value: 7, soFar: true });
    expect(comparable(statistics('2026-11-23T01:30:00.000Z'), 'scans')).toEqual({ value: 12, soFar: false });
    expect(comparable({ ...statistics('2026-11-23T01:30:00.000Z'), previous: null }, 'scans')).toBeNull();
  });
});

describe('axisOf', () => {
  it('leaves out what every label has', () => {
    const series = [{ at: '2026-11-21T16:00:00.000Z' }, { at: '2026-11-22T16:00:00.000Z' }];
    expect(axisOf(series, 'day', 'Asia/Shanghai')).toEqual(['11-22', '11-23']);
    expect(axisOf(series, 'hour', 'Asia/Shanghai')).toEqual(['11-22 00:00', '11-23 00:00']);
    expect(axisOf(series.slice(1), 'hour', 'Asia/Shanghai')).toEqual(['00:00']);
    expect(axisOf([{ at: '2025-12-31T16:00:00.000Z' }, { at: '2026-12-31T16:00:00.000Z' }], 'day', 'Asia/Shanghai')).toEqual(['2026-01-01', '2027-01-01']);
  });
});

describe('shares and changes', () => {
  it('divide by nothing without a fuss', () => {
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(5, 4)).toBe('+25%');
    expect(changeOf(1, 4)).toBe('-75%');
    expect(shareOf(1, 0)).toBe('–');
    expect(shareOf(1, 3)).toBe('33.3%');
  });
});
