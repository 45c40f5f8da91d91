import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Data } from '../src/protocol/messages.js';
import { Harness } from './support/harness.js';

let at: Harness;
beforeEach(async () => { at = await Harness.start({ robot: { pacing: { create: { perDay: 100 } } } }); });
afterEach(() => at.stop());

describe('the robot', () => {
  it('says how it is', async () => {
    expect(await at.do('robot.status')).toMatchObject({ started: true, loggedIn: true, userId: 'wxid_robot', qr: null, state: 'online', name: '小助手' });
    expect(await at.do('robot.logout')).toEqual({ state: 'offline' });
    expect(await at.do('robot.status')).toMatchObject({ started: true, loggedIn: false, userId: null, state: 'offline' });
    expect(await at.fail('room.list')).toBe('ROBOT_OFFLINE');
    expect(await at.do('robot.stop')).toEqual({ state: 'stopped' });
    expect(await at.fail('room.list')).toBe('ROBOT_NOT_STARTED');
    expect(await at.do('robot.start')).toEqual({ state: 'starting' });
    expect(await at.do('robot.start')).toEqual({ state: 'starting' });
    await at.do('sim.scan');
    expect(await at.do('robot.status')).toMatchObject({ state: 'scanning', qr: expect.stringMatching(/^https:\/\/login/) as string });
    await at.do('sim.login');
    expect(await at.do('robot.start')).toEqual({ state: 'online' });
  });

  it('lists people, without itself', async () => {
    const { contacts } = await at.do<{ contacts: Data[] }>('contact.list');
    expect(contacts).toHaveLength(5);
    expect(contacts[0]).toEqual({ id: 'wxid_friend1', name: '好友1', avatar: null, friend: true });
  });

  it('refuses what nobody knows', async () => {
    expect(await at.fail('room.paint')).toBe('UNKNOWN_COMMAND');
    expect(await at.fail('constructor')).toBe('UNKNOWN_COMMAND');
    const other = await at.server.command({ id: 'other', type: 'room.list', robotId: 'r9', deadline: at.deadline(), data: {} });
    expect(other).toMatchObject({ ok: false, error: { code: 'ROBOT_NOT_STARTED' } });
  });
});

describe('groups', () => {
  it('are made, listed and named', async () => {
    const roomId = await at.room('群一');
    expect(await at.do('room.list')).toEqual({ rooms: [{ roomId, name: '群一', ownerId: 'wxid_robot', memberCount: 3 }] });
    expect(await at.do('room.rename', { roomId, name: '群二' })).toEqual({});
    expect(await at.do('room.members', { roomId })).toMatchObject({
      name: '群二', ownerId: 'wxid_robot', members: [{ id: 'wxid_robot' }, { id: 'wxid_friend1', name: '好友1' }, {}],
    });
    expect(await at.fail('room.create', { name: '群', memberIds: ['wxid_friend1'] })).toBe('BAD_REQUEST');
    expect(await at.fail('room.rename', { roomId: 'no@chatroom', name: '群' })).toBe('ROOM_NOT_FOUND');
  });

  it('are reported without a name when only the naming failed', async () => {
    await at.do('sim.failNext', { fault: 'renameAfterCreate' });
    const result = await at.do<{ roomId: string }>('room.create', { name: '群', memberIds: ['wxid_friend1', 'wxid_friend2'] });
    expect(result).toMatchObject({ nameApplied: false });
    expect(await at.do('room.list')).toMatchObject({ rooms: [{ roomId: result.roomId, name: '群聊' }] });
  });

  it('have a QR that people can join by', async () => {
    const roomId = await at.room();
    const { qr, issuedAt, expiresAt } = await at.do<{ qr: string; issuedAt: string; expiresAt: string }>('room.qr', { roomId });
    expect(Date.parse(expiresAt) - Date.parse(issuedAt)).toBe(7 * 24 * 3600 * 1000);
    await at.do('sim.joinByQr', { qr, memberId: 'wxid_new', name: '新人小王' });
    await at.do('sim.failNext', { fault: 'qrExpired' });
    expect(await at.fail('sim.joinByQr', { qr, memberId: 'wxid_late' })).toBe('PUPPET_ERROR');
    await at.do('sim.failNext', { fault: 'roomFull' });
    expect(await at.fail('sim.joinByQr', { qr, memberId: 'wxid_late' })).toBe('PUPPET_ERROR');
    at.clock.time += 8 * 24 * 3600 * 1000;
    expect(await at.fail('sim.joinByQr', { qr, memberId: 'wxid_late' })).toBe('PUPPET_ERROR');
    expect((await at.do<{ members: Data[] }>('room.members', { roomId })).members).toHaveLength(4);
  });

  it('hear announcements of their owner only', async () => {
    const roomId = await at.room();
    await at.do('room.announce', { roomId, text: '今晚八点直播' });
    expect(at.sim.announced).toEqual([{ roomId, text: '今晚八点直播' }]);
    await at.do('sim.giveAway', { roomId, ownerId: 'wxid_friend1' });
    expect(await at.fail('room.announce', { roomId, text: '再来' })).toBe('NOT_OWNER');
    expect(await at.fail('room.kick', { roomId, memberIds: ['wxid_friend1'] })).toBe('NOT_OWNER');
    expect(at.sim.announced).toHaveLength(1);
  });

  it('lose whom we remove, with a verdict on each', async () => {
    const roomId = await at.room();
    expect(await at.do('room.kick', { roomId, memberIds: ['wxid_friend1', 'wxid_nobody', 'wxid_friend2'] })).toEqual({ results: [
      { id: 'wxid_friend1', ok: true }, { id: 'wxid_nobody', ok: false, error: 'not a member', code: 'NOT_MEMBER' }, { id: 'wxid_friend2', ok: true },
    ] });
    expect(await at.do('room.add', { roomId, memberIds: ['wxid_friend3'] })).toEqual({ results: [{ id: 'wxid_friend3', ok: true }] });
    expect(at.sim.room(roomId).memberIdList).toEqual(['wxid_robot', 'wxid_friend3']);
  });

  it('stop a row of removals when the robot is thrown out', async () => {
    const roomId = await at.room();
    const drop = at.sim.roomDel.bind(at.sim);
    at.sim.roomDel = async (room, id) => { await drop(room, id); await at.sim.logout('kicked out by server'); };
    const { results } = await at.do<{ results: Data[] }>('room.kick', { roomId, memberIds: ['wxid_friend1', 'wxid_friend2'] });
    expect(results).toMatchObject([{ ok: true }, { ok: false, code: 'ROBOT_OFFLINE' }]);
    expect(at.sim.room(roomId).memberIdList).toContain('wxid_friend2');
  });
});

describe('the platform', () => {
  it('forbids new groups for a day, and the gateway remembers', async () => {
    await at.do('sim.failNext', { fault: 'rateLimit' });
    const data = { name: '群', memberIds: ['wxid_friend1', 'wxid_friend2'] };
    expect(await at.send('room.create', data)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retryAfterSec: 86_400 } });
    await at.gateway.stop();
    await at.open();
    at.clock.time += 3600 * 1000;
    expect(await at.send('room.create', data)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retryAfterSec: expect.any(Number) as number } });
    at.clock.time += 23 * 3600 * 1000;
    expect(await at.send('room.create', data)).toMatchObject({ ok: true });
  });

  it('fails in ways of its own', async () => {
    const roomId = await at.room();
    await at.do('sim.failNext', { fault: 'error' });
    expect(await at.fail('room.qr', { roomId })).toBe('PUPPET_ERROR');
    expect(await at.fail('sim.failNext', { fault: 'earthquake' })).toBe('BAD_REQUEST');
  });

  it('never answers: nobody knows, and a reading may be asked again', async () => {
    const roomId = await at.room();
    at.sim.messageSendText = () => new Promise<never>(() => {});
    at.sim.roomQRCode = () => new Promise<never>(() => {});
    const data = { roomId, parts: [{ type: 'text', text: '在吗' }] };
    const sent = at.send('room.send', data, { id: 'hangs' });
    const qr = at.send('room.qr', { roomId });
    await biteUntil(at, sent);
    expect(await sent).toMatchObject({ ok: false, error: { code: 'UNKNOWN_OUTCOME' } });
    await biteUntil(at, qr);
    expect(await qr).toMatchObject({ ok: false, error: { code: 'PUPPET_ERROR' } });
    expect(await at.send('room.send', data, { id: 'hangs' })).toMatchObject({ error: { code: 'UNKNOWN_OUTCOME' } });
  });
});

async function biteUntil(harness: Harness, answer: Promise<unknown>): Promise<void> {
  let answered = false;
  void answer.then(() => { answered = true; });
  while (!answered) {
    await new Promise(resolve => setImmediate(resolve));
    harness.clock.bite(60_000);
  }
}
