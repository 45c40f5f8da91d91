import { describe, expect, it } from 'vitest';
import type { JobRun } from '@/api/types';
import { everyText, lastedText, resultText, textOr } from './jobTexts';

function run(more: Partial<JobRun> = {}): JobRun {
  return { startedAt: '2026-11-22T04:00:00.000Z', endedAt: '2026-11-22T04:00:01.200Z', outcome: 'done', result: {}, error: null, ...more };
}

describe('jobTexts', () => {
  it('says how long a run took', () => {
    expect(lastedText(run({ endedAt: '2026-11-22T04:00:00.320Z' }))).toBe('320 毫秒');
    expect(lastedText(run())).toBe('1.2 秒');
    expect(lastedText(run({ endedAt: '2026-11-22T04:03:05.000Z' }))).toBe('3 分 5 秒');
    expect(lastedText(run({ endedAt: null }))).toBe('进行中');
    expect(lastedText(run({ endedAt: '2026-11-22T03:59:59.000Z' }))).toBe('0 毫秒');
  });

  it('says how often a job comes', () => {
    expect([5, 300, 3600].map(everyText)).toEqual(['每 5 秒一次。', '每 5 分钟一次。', '每 1 小时一次。']);
  });

  it('says what was done, and leaves out what was not', () => {
    expect(resultText(run({ result: { visits: 1200, presses: 0 } }))).toBe('删除扫码明细 1200 条');
    expect(resultText(run({ result: { visits: 1, presses: 2 } }))).toBe('删除扫码明细 1 条，删除长按明细 2 条');
    expect(resultText(run())).toBe('没有需要处理的');
    expect(resultText(run({ outcome: 'failed', result: null, error: 'NpgsqlException' }))).toContain('NpgsqlException');
    expect(resultText(run({ outcome: 'lost', result: null }))).toBe('');
  });

  it('has an answer for what it does not know', () => {
    expect(resultText(run({ result: { wonders: 3 } }))).toBe('wonders 3');
    expect(textOr('jobs.names.wonder', 'wonder')).toBe('wonder');
  });
});
