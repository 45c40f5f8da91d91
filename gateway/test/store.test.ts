import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../src/protocol/messages.js';
import { done, Failure, failed } from '../src/protocol/messages.js';
import { Journal } from '../src/store/journal.js';
import { lockFolder } from '../src/store/lock.js';
import { State, hashOf } from '../src/store/state.js';
import { TestClock } from './support/testClock.js';

let folder: string;
let path: string;
const clock = new TestClock();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  path = join(folder, 'state.log');
});
afterEach(() => rm(folder, { recursive: true }));

const open = (): Promise<State> => State.open(path, clock, error => { throw error as Error; });
const command = (id: string): Command =>
  ({ v: 1, kind: 'cmd', id, type: 'room.create', robotId: 'r1', deadline: '2026-11-22T10:00:00Z', data: { name: '群', memberIds: ['a', 'b'] } });

describe('the journal', () => {
  const readAll = async (): Promise<{ lines: number[]; journal: Journal<number> }> => {
    const lines: number[] = [];
    return { lines, journal: await Journal.open<number>(path, line => lines.push(line), () => lines) };
  };

  it('cuts off a line that a crash has torn, and goes on', async () => {
    for (const torn of ['{"half":', '\u0000\u0000\u0000', '12x\n']) {
      await writeFile(path, `1\n2\n${torn}`);
      const { lines, journal } = await readAll();
      expect(lines).toEqual([1, 2]);
      await journal.append(3);
      await journal.close();
      expect(await readFile(path, 'utf8')).toBe('1\n2\n3\n');
    }
  });

  it('does not start on a file that is damaged in the middle', async () => {
    await writeFile(path, '1\nx\n3\n');
    await expect(readAll()).rejects.toThrow('damaged in line 2');
  });

  it('writes many in one go, all in order', async () => {
    const { journal } = await readAll();
    await Promise.all(Array.from({ length: 500 }, (_, index) => journal.append(index)));
    await journal.close();
    const { lines, journal: again } = await readAll();
    expect(lines).toEqual(Array.from({ length: 500 }, (_, index) => index));
    await again.close();
  });

  it('is for the owner only', async () => {
    const { journal } = await readAll();
    await journal.close();
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});

describe('the state', () => {
  it('keeps events until they are acknowledged', async () => {
    const state = await open();
    for (const name of ['a', 'b', 'c']) await state.addEvent(name, 'r1', clock.now(), {});
    await state.acknowledge(2);
    await state.close();
    const again = await open();
    expect(again.eventsAfter(0, 10).map(event => event.type)).toEqual(['c']);
    await again.addEvent('d', 'r1', clock.now(), {});
    expect(again.eventsAfter(3, 10).map(event => event.seq)).toEqual([4]);
    await again.close();
  });

  it('hands out only what is on the disk', async () => {
    const state = await open();
    const written = state.addEvent('a', 'r1', clock.now(), {});
    expect(state.eventsAfter(0, 10)).toEqual([]);
    await written;
    expect(state.eventsAfter(0, 10)).toHaveLength(1);
    await state.close();
  });

  it('does not know what became of a command that was begun before a crash', async () => {
    const state = await open();
    for (const id of ['crashed', 'done', 'refused']) await state.begin(command(id));
    await state.finish(command('done'), done('done', { roomId: 'x' }), true);
    await state.finish(command('refused'), failed('refused', new Failure('ROBOT_OFFLINE', '')), false);
    await state.close();
    const again = await open();
    expect(again.result('crashed')).toMatchObject({ hash: hashOf(command('crashed')), result: { ok: false, error: { code: 'UNKNOWN_OUTCOME' } } });
    expect(again.result('done')).toMatchObject({ result: { ok: true, data: { roomId: 'x' } } });
    expect(again.result('refused')).toBeNull();
    expect(again.createdSince('r1', 0)).toHaveLength(2);
    await again.close();
  });

  it('is written anew when most of it is history, and nothing is lost', async () => {
    const state = await open();
    await state.begin(command('running'));
    await state.begin(command('done'));
    await state.finish(command('done'), done('done', {}), true);
    await state.pause('r1', 42);
    const text = 'x'.repeat(10_000);
    for (let lot = 0; lot < 30; lot++) {
      await Promise.all(Array.from({ length: 10 }, () => state.addEvent('e', 'r1', clock.now(), { text })));
      await state.acknowledge(state.lastSeq - 1);
    }
    await state.close();
    expect((await stat(path)).size).toBeLessThan(2_500_000);
    const again = await open();
    expect(again.eventsAfter(0, 10).map(event => event.seq)).toEqual([300]);
    expect([again.lastSeq, again.pausedUntil('r1')]).toEqual([300, 42]);
    expect([again.result('done')?.result.ok, again.result('running')?.result.ok]).toEqual([true, false]);
    await again.close();
  });

  it('forgets results after eight days, not before', async () => {
    const state = await open();
    await state.begin(command('old'));
    await state.finish(command('old'), done('old', {}), true);
    clock.time += 7 * 24 * 3600 * 1000;
    const text = 'x'.repeat(1_100_000);
    await state.addEvent('e', 'r1', clock.now(), { text });
    expect(state.result('old')).not.toBeNull();
    clock.time += 2 * 24 * 3600 * 1000;
    for (let time = 0; time < 5; time++) await state.addEvent('e', 'r1', clock.now(), { text });
    await state.close();
    expect(state.result('old')).toBeNull();
  });

  it('does not start on a torn line that was promised to nobody', async () => {
    const state = await open();
    await state.addEvent('a', 'r1', clock.now(), {});
    await state.close();
    await appendFile(path, '{"is":"event","event":{"seq":2');
    const again = await open();
    expect(again.lastSeq).toBe(1);
    await again.close();
  });
});

describe('the lock', () => {
  it('lets one in, and opens when it is gone', async () => {
    const unlock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('Another gateway runs');
    await unlock();
    await (await lockFolder(folder))();
  });
});
