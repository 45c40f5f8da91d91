import { t } from '@/shared/i18n';
import type { JobRun } from '@/api/types';

/** 耗时 of a run: 320 毫秒, 1.2 秒, 3 分 5 秒. */
export function lastedText(run: JobRun): string {
  if (run.endedAt === null) return t('jobs.underWay');
  const ms = Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt));
  if (ms < 1000) return t('jobs.milliseconds', { n: ms });
  if (ms < 60_000) return t('jobs.seconds', { n: (ms / 1000).toFixed(1) });
  return t('jobs.minutes', { n: Math.floor(ms / 60_000), s: Math.floor((ms % 60_000) / 1000) });
}

/** 每 5 分钟 and the like. */
export function everyText(seconds: number): string {
  if (seconds % 3600 === 0) return t('jobs.everyHours', { n: seconds / 3600 });
  return seconds % 60 === 0 ? t('jobs.everyMinutes', { n: seconds / 60 }) : t('jobs.everySeconds', { n: seconds });
}

/** What a run has done, in words; what it did not do is left out. */
export function resultText(run: JobRun): string {
  if (run.outcome === 'failed') return t('jobs.failedBy', { error: run.error ?? '' });
  if (run.outcome !== 'done') return '';
  const done = Object.entries(run.result ?? {}).filter(([, count]) => count > 0).map(([what, count]) => countText(what, count));
  return done.length === 0 ? t('jobs.nothing') : done.join(t('jobs.comma'));
}

function countText(what: string, count: number): string {
  return textOr(`jobs.did.${what}`, `${what} ${count}`, { n: count });
}

/** A server that is newer than this page may know more jobs than it has words for. */
export function textOr(key: string, other: string, values: Record<string, unknown> = {}): string {
  const text = t(key, values);
  return text === key ? other : text;
}
