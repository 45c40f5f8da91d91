import type { Statistics, StatisticsPoint, StatisticsTotals } from '@/api/types';
import { dayIn, minuteIn } from '@/shared/zone';

/** A column of a table of figures; its texts are `stats.column.{key}` and `stats.definition.{key}`. */
export const TREND_COLUMNS = [
  'scans', 'visitors', 'newVisitors', 'returningVisitors', 'presses', 'pressVisitors', 'joins', 'ios', 'android', 'weCom', 'otherDevices',
] as const;
export const SLOT_COLUMNS = ['shows', 'shownVisitors', 'presses', 'pressVisitors'] as const;

/** The cells of a row, in the order of `TREND_COLUMNS`; the files have the same. */
export function cellsOf(sum: StatisticsTotals): number[] {
  const { scans, visitors, newVisitors, returningVisitors, presses, pressVisitors, joins, devices } = sum;
  return [scans, visitors, newVisitors, returningVisitors, presses, pressVisitors, joins, devices.ios, devices.android, devices.weCom, devices.other];
}

/** Nobody knows through which channel somebody joined. */
export const CHANNEL_COLUMNS = TREND_COLUMNS.filter((column) => column !== 'joins');

export function channelCellsOf(sum: StatisticsTotals): number[] {
  return cellsOf(sum).filter((_, at) => TREND_COLUMNS[at] !== 'joins');
}

/** What stands on the axis and in the first column: a day, or an hour with its day unless there is one day only. */
export function timeOf(at: string, by: Statistics['by'], zone: string): string {
  return by === 'day' ? dayIn(zone, at) : minuteIn(zone, at);
}

export function axisOf(series: { at: string }[], by: Statistics['by'], zone: string): string[] {
  const times = series.map((point) => timeOf(point.at, by, zone));
  const days = new Set(times.map((time) => time.slice(0, 10)));
  const years = new Set(times.map((time) => time.slice(0, 4)));
  if (by === 'hour' && days.size <= 1) return times.map((time) => time.slice(11));
  return years.size <= 1 ? times.map((time) => time.slice(5)) : times;
}

/** How much of the earlier period is fair to compare: a day that is still running is set against its hours so far. */
export function comparable(statistics: Statistics, figure: 'scans' | 'visitors' | 'presses' | 'pressVisitors'): { value: number; soFar: boolean } | null {
  const { previous, series, at, by } = statistics;
  if (!previous) return null;
  const begun = series.filter((point) => point.at <= at).length;
  const soFar = by === 'hour' && begun < series.length;
  return { value: soFar ? sumOf(previous.series.slice(0, begun), figure) : previous.totals[figure], soFar };
}

function sumOf(points: StatisticsPoint[], figure: 'scans' | 'visitors' | 'presses' | 'pressVisitors'): number {
  return points.reduce((sum, point) => sum + point[figure], 0);
}

/** +12% and the like; null when there was nothing before. */
export function changeOf(now: number, before: number): string | null {
  if (before === 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? '+' : ''}${percent}%`;
}

export function shareOf(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`;
}
