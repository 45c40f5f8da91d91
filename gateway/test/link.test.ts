import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness } from './support/harness.js';
import type { Data } from '../src/protocol/messages.js';

let at: Harness;
let roomId: string;
beforeEach(async () => {
  at = await Harness.start();
  roomId = await at.room();
});
afterEach(() => at.stop());

const say = (text: string): string => at.sim.say(roomId, 'wxid_friend1', { text });
const heard = (text: string) => at.server.event('room.message', data => data['text'] === text);

async function reconnected(): Promise<void> {
  const hellos = at.server.hellos.length;
  await at.server.until('a new hello', () => at.server.hellos.length > hellos);
}

describe('hello', () => {
  it('says who is there', () => {
    expect(at.server.hellos[0]).toMatchObject({ gatewayId: 'gw-1', puppet: 'sim', robots: ['r1'], lastSeq: 0 });
    expect((at.server.hellos[0]?.['capabilities'] as Data)['r1']).toContain('room.announce');
    expect(at.server.requests[0]).toBe('/robot-gateway/v1/ws gw-1');
  });

  it('leaves out what a platform has not', async () => {
    await at.stop();
    at = await Harness.start({ robot: { capabilities: ['robot.start', 'robot.status', 'room.create', 'room.list'] } });
    roomId = await at.room();
    expect(await at.fail('room.announce', { roomId, text: '你好' })).toBe('UNSUPPORTED');
  });
});

describe('events', () => {
  it('come again, in order and with the same ids, until they are acknowledged', async () => {
    await at.gateway.robot('r1')?.settled;
    at.server.acknowledges = false;
    for (const text of ['1', '2', '3']) say(text);
    const last = await heard('3');
    const before = at.server.frames.slice(-3);
    at.server.drop();
    await reconnected();
    await at.server.until('the replay', () => at.server.frames.filter(frame => frame.id === last.id).length === 2);
    const again = at.server.frames.filter(frame => before.some(one => one.id === frame.id));
    expect(again.map(frame => frame.seq)).toEqual([...before, ...before].map(frame => frame.seq));

    at.server.send({ v: 1, kind: 'ack', seq: last.seq - 1 });
    at.server.drop();
    await reconnected();
    await at.server.until('the rest', () => at.server.frames.filter(frame => frame.id === last.id).length === 3);
    expect(at.server.frames.filter(frame => frame.id === before[0]?.id)).toHaveLength(2);
    at.server.acknowledges = true;
  });

  it('survive a restart, and their numbers go on', async () => {
    at.server.acknowledges = false;
    say('kept');
    const kept = await heard('kept');
    await at.gateway.stop();
    at.server.acknowledges = true;
    await at.open();
    await at.server.until('the replay', () => at.server.frames.filter(frame => frame.id === kept.id).length === 2);
    const seqs = at.server.events.map(event => event.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(at.server.hellos.at(-1)?.['lastSeq']).toBeGreaterThanOrEqual(kept.seq);
  });

  it('are not forgotten for an acknowledgement of what was never sent', async () => {
    at.server.acknowledges = false;
    say('kept');
    const kept = await heard('kept');
    for (const seq of [kept.seq + 1000, -1, 1.5, 'all', null]) at.server.send({ v: 1, kind: 'ack', seq });
    at.server.drop();
    await reconnected();
    await at.server.until('the replay', () => at.server.frames.filter(frame => frame.id === kept.id).length === 2);
    at.server.acknowledges = true;
  });
});

describe('commands', () => {
  it('are done once, however often they come', async () => {
    const data = { roomId, parts: [{ type: 'text', text: '一次' }] };
    const first = await at.send('room.send', data, { id: 'once' });
    at.server.drop();
    await reconnected();
    const second = await at.send('room.send', { parts: data.parts, roomId }, { id: 'once', deadline: at.deadline(-1) });
    await at.gateway.stop();
    await at.open();
    const third = await at.send('room.send', data, { id: 'once' });
    expect([second, third]).toEqual([first, first]);
    expect(at.sim.said).toEqual([]);
    expect(await at.send('room.send', { ...data, roomId: 'other' }, { id: 'once' })).toMatchObject({ error: { code: 'BAD_REQUEST' } });
  });

  it('are not begun twice while the first waits', async () => {
    const data = { roomId, parts: [{ type: 'text', text: '一次' }] };
    const command = { id: 'twice', type: 'room.send', robotId: 'r1', deadline: at.deadline(), data };
    for (let time = 0; time < 3; time++) at.server.sendCommand(command);
    await at.do('room.list');
    expect(at.server.results.filter(result => result.id === 'twice')).toHaveLength(1);
    expect(at.sim.said).toHaveLength(1);
  });

  it('may be tried again when they were refused without effect', async () => {
    const data = { roomId, text: '今晚八点' };
    await at.do('robot.logout');
    expect(await at.send('room.announce', data, { id: 'again' })).toMatchObject({ error: { code: 'ROBOT_OFFLINE' } });
    await at.do('sim.login');
    expect(await at.send('room.announce', data, { id: 'again' })).toMatchObject({ ok: true });
    expect(at.sim.announced).toHaveLength(1);
  });

  it('are measured by the clock of the server', async () => {
    at.server.serverTime = new Date(at.clock.time - 3600 * 1000).toISOString();
    at.server.drop();
    await reconnected();
    expect(await at.send('room.list', {}, { deadline: at.deadline(-1800) })).toMatchObject({ ok: true });
    expect(await at.send('room.list', {}, { deadline: at.deadline(-3601) })).toMatchObject({ error: { code: 'EXPIRED' } });
  });

  it('that are none do no harm', async () => {
    const messages = ['no json', '[]', 'null', '{"v":1,"kind":"party"}', '{"v":1,"kind":"cmd"}', '{"v":1,"kind":"cmd","id":"x","type":7}'];
    messages.forEach(message => at.server.send(message));
    await at.server.until('the answer', () => at.server.results.find(result => result.id === 'x'));
    expect(await at.do('room.list')).toMatchObject({ rooms: [{ roomId }] });
  });
});

describe('the connection', () => {
  it.each([[4409, 60_000], [4403, 300_000], [4400, 30_000]])('waits after %i', async (code, pause) => {
    at.server.drop(code);
    await reconnected();
    expect(at.clock.waits).toContain(pause);
  });

  it('dials again ever more slowly while nobody welcomes it', async () => {
    at.server.welcomes = false;
    at.server.drop();
    for (let time = 0; time < 3; time++) {
      await reconnected();
      at.server.drop();
    }
    at.server.welcomes = true;
    await at.server.until('a welcome', () => at.gateway.isConnected || at.server.drop() !== undefined);
    expect(at.clock.waits.filter(wait => wait < 30_000).slice(0, 4)).toEqual([300, 600, 1200, 2400]);
  });

  it('ends when the server is silent', async () => {
    expect(at.clock.bite(45_000)).toBe(1);
    await reconnected();
  });
});
