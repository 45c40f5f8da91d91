import { describe, expect, it } from 'vitest';
import { clockIn, dayIn, minuteIn, zoneName } from './zone';

describe('zone', () => {
  it('shows the clocks of the zone asked for', () => {
    expect(minuteIn('Asia/Shanghai', '2026-11-21T16:00:00.000Z')).toBe('2026-11-22 00:00');
    expect(minuteIn('Asia/Kolkata', '2026-11-21T18:30:00.000Z')).toBe('2026-11-22 00:00');
    expect(dayIn('America/New_York', '2026-11-22T04:59:59.000Z')).toBe('2026-11-21');
    expect(clockIn('Asia/Shanghai', '2026-11-21T16:00:09.000Z')).toBe('00:00:09');
  });

  it('names the zone as people do', () => {
    expect(zoneName('Asia/Shanghai', (key) => key)).toBe('common.beijing');
    expect(zoneName('Europe/Berlin', (key) => key)).toBe('Europe/Berlin');
  });
});
