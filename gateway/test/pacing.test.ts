import { afterEach, describe, expect, it } from 'vitest';
import { Harness } from './support/harness.js';

let at: Harness;
afterEach(() => at.stop());

const parts = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ type: 'text', text: `${index}` }));
const seeds = { name: '群', memberIds: ['wxid_friend1', 'wxid_friend2'] };

describe('pacing', () => {
  it('spaces messages and keeps to so many a minute', async () => {
    at = await Harness.start({ robot: { pacing: { message: { spacingSeconds: 4, jitterSeconds: 2, perMinute: 5 } } } });
    const roomId = await at.room();
    await at.do('room.send', { roomId, parts: parts(7) });
    expect(at.clock.waits).toEqual([5000, 5000, 5000, 5000, 40_000, 5000]);
  });

  it('spaces removals inside one command', async () => {
    at = await Harness.start();
    const roomId = await at.room();
    await at.do('room.kick', { roomId, memberIds: ['wxid_friend1', 'wxid_nobody', 'wxid_friend2'] });
    expect(at.clock.waits).toEqual([6000]);
  });

  it('makes so many groups a day, whatever restarts', async () => {
    at = await Harness.start({ robot: { pacing: { create: { perDay: 2 } } } });
    await at.room();
    await at.room();
    expect(at.clock.waits).toEqual([150_000]);
    await at.gateway.stop();
    await at.open();
    expect(await at.send('room.create', seeds)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retryAfterSec: 86_400 - 150 } });
    at.clock.time += (86_400 - 150) * 1000;
    expect(await at.send('room.create', seeds)).toMatchObject({ ok: true });
  });

  it('lets expire what its turn comes too late for', async () => {
    at = await Harness.start();
    await at.room();
    expect(await at.send('room.create', seeds, { deadline: at.deadline(149) })).toMatchObject({ ok: false, error: { code: 'EXPIRED' } });
    expect(await at.send('room.create', seeds, { deadline: at.deadline(151) })).toMatchObject({ ok: true });
    expect(await at.send('room.list', {}, { deadline: at.deadline(-1) })).toMatchObject({ ok: false, error: { code: 'EXPIRED' } });
  });
});
