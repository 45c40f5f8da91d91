import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { types } from 'wechaty-puppet';
import { instant } from '../src/robots/puppetEvents.js';
import { Harness } from './support/harness.js';

let at: Harness;
let roomId: string;
beforeEach(async () => {
  at = await Harness.start();
  roomId = await at.room();
});
afterEach(() => at.stop());

describe('logging in', () => {
  it('is told step by step, in order', async () => {
    await at.do('robot.logout');
    await at.do('sim.scan');
    await at.do('sim.scan', { status: 3 });
    await at.do('sim.login');
    await at.server.until('both logins', () => at.server.events.filter(event => event.type === 'robot.ready').length === 2);
    const told = at.server.events.filter(event => event.type.startsWith('robot.')).map(event => [event.type, event.data['status']]);
    expect(told).toEqual([
      ['robot.login', undefined], ['robot.ready', undefined], ['robot.logout', undefined],
      ['robot.scan', 'waiting'], ['robot.scan', 'scanned'], ['robot.login', undefined], ['robot.ready', undefined],
    ]);
    expect((await at.server.event('robot.scan')).data['qr']).toMatch(/^https/);
    expect((await at.server.event('robot.login')).data).toEqual({ userId: 'wxid_robot', name: '小助手', avatar: null });
  });

  it('ends with the reason', async () => {
    await at.do('sim.kickout', { reason: '在其他设备登录' });
    expect((await at.server.event('robot.logout')).data).toEqual({ userId: 'wxid_robot', reason: '在其他设备登录' });
  });
});

describe('coming and going', () => {
  it('tells who came, and by whom', async () => {
    const { qr } = await at.do<{ qr: string }>('room.qr', { roomId });
    await at.do('sim.joinByQr', { qr, memberId: 'wxid_new', name: '新人小王' });
    expect((await at.server.event('room.memberJoined')).data).toEqual({
      roomId, inviterId: 'wxid_robot', scene: 'robot', needResync: false, at: '2026-11-22T10:00:00.000Z',
      members: [{ id: 'wxid_new', name: '新人小王', roomAlias: null, avatar: null, inviterId: null }],
    });
    await at.do('sim.join', { roomId, memberId: 'wxid_guest', inviterId: 'wxid_friend1' });
    expect((await at.server.event('room.memberJoined', data => data['scene'] === 'member')).data).toMatchObject({ inviterId: 'wxid_friend1' });
  });

  it('tells leaving from being removed', async () => {
    await at.do('sim.leave', { roomId, memberId: 'wxid_friend1' });
    expect((await at.server.event('room.memberLeft')).data).toMatchObject({ memberIds: ['wxid_friend1'], how: 'left', removerId: 'wxid_friend1' });
    await at.do('room.kick', { roomId, memberIds: ['wxid_friend2'] });
    const { data } = await at.server.event('room.memberLeft', left => left['how'] === 'kicked');
    expect(data).toMatchObject({ memberIds: ['wxid_friend2'], removerId: 'wxid_robot' });
  });

  it('asks for a look when the platform does not say who came', async () => {
    await at.do('sim.failNext', { fault: 'emptyInvitees' });
    await at.do('sim.failNext', { fault: 'emptyInviter' });
    await at.do('sim.join', { roomId, memberId: 'wxid_new' });
    expect((await at.server.event('room.memberJoined')).data).toMatchObject({ members: [], inviterId: null, scene: 'unknown', needResync: true });
    const { data } = await at.server.event('room.memberSnapshot', snapshot => snapshot['reason'] === 'resync');
    expect(data['memberIds']).toEqual(['wxid_robot', 'wxid_friend1', 'wxid_friend2', 'wxid_new']);
  });

  it('looks again after a while and tells only what it was not told', async () => {
    expect(at.clock.bite(5000)).toBe(1);
    await at.do('sim.join', { roomId, memberId: 'wxid_new' });
    await at.server.event('room.memberJoined');
    await at.gateway.robot('r1')?.settled;
    expect(at.clock.bite(5000)).toBe(1);
    await at.gateway.robot('r1')?.settled;
    expect(at.server.events.some(event => event.data['reason'] === 'resync')).toBe(false);

    at.sim.leaveUnseen(roomId, 'wxid_friend1');
    await at.do('sim.join', { roomId, memberId: 'wxid_other' });
    await at.gateway.robot('r1')?.settled;
    at.clock.bite(5000);
    const { data } = await at.server.event('room.memberSnapshot', snapshot => snapshot['reason'] === 'resync');
    expect(data).toMatchObject({ left: ['wxid_friend1'], joined: [], ownerId: 'wxid_robot' });
  });

  it('looks at every group every few minutes', async () => {
    at.clock.bite(10 * 60_000);
    await at.server.event('room.memberSnapshot', data => data['reason'] === 'periodic');
    at.sim.leaveUnseen(roomId, 'wxid_friend1');
    at.clock.bite(10 * 60_000);
    const { data } = await at.server.event('room.memberSnapshot', snapshot => (snapshot['left'] as string[]).length > 0);
    expect(data).toMatchObject({ reason: 'periodic', left: ['wxid_friend1'], memberIds: ['wxid_robot', 'wxid_friend2'] });
  });

  it('passes on what the platform repeats and mixes up', async () => {
    await at.do('sim.failNext', { fault: 'reorder' });
    await at.do('sim.join', { roomId, memberId: 'wxid_a' });
    await at.do('sim.failNext', { fault: 'duplicate' });
    await at.do('sim.join', { roomId, memberId: 'wxid_b' });
    const joins = await at.server.until('three joins', () => {
      const found = at.server.events.filter(event => event.type === 'room.memberJoined');
      return found.length === 3 && found;
    });
    expect(joins.map(event => (event.data['members'] as { id: string }[])[0]?.id)).toEqual(['wxid_b', 'wxid_b', 'wxid_a']);
    expect(new Set(joins.map(event => event.id)).size).toBe(3);
  });
});

describe('what is said', () => {
  it('is told, but for the robot itself', async () => {
    await at.do('room.send', { roomId, parts: [{ type: 'text', text: '大家好' }] });
    at.sim.say(roomId, 'wxid_friend1', { text: '@小助手\u2005你好', mentionIds: ['wxid_robot'] });
    at.sim.say(roomId, 'wxid_friend2', { type: types.Message.Image, text: 'secret xml' });
    await at.server.event('room.message', data => data['type'] === 'image');
    const said = at.server.events.filter(event => event.type === 'room.message').map(event => event.data);
    expect(said).toMatchObject([
      { roomId, senderId: 'wxid_friend1', senderName: '好友1', type: 'text', text: '@小助手\u2005你好', mentionIds: ['wxid_robot'] },
      { roomId, senderId: 'wxid_friend2', type: 'image', text: null, mentionIds: [] },
    ]);
  });

  it('stays in order however long each question takes', async () => {
    const slow = at.sim.messagePayload.bind(at.sim);
    let turns = 5;
    at.sim.messagePayload = async id => {
      for (let turn = turns--; turn > 0; turn--) await new Promise(resolve => setImmediate(resolve));
      return slow(id);
    };
    for (const text of ['1', '2', '3', '4']) at.sim.say(roomId, 'wxid_friend1', { text });
    await at.server.event('room.message', data => data['text'] === '4');
    expect(at.server.events.filter(event => event.type === 'room.message').map(event => event.data['text'])).toEqual(['1', '2', '3', '4']);
  });

  it('is cut when it is endless', async () => {
    at.sim.say(roomId, 'wxid_friend1', { text: '长'.repeat(10_001) });
    expect([...String((await at.server.event('room.message')).data['text'])]).toHaveLength(10_000);
  });
});

describe('the rest', () => {
  it('new names and errors', async () => {
    await at.do('sim.rename', { roomId, name: '改了' });
    expect((await at.server.event('room.renamed')).data).toMatchObject({ roomId, name: '改了', oldName: '护肤交流群1', changerId: 'wxid_friend1' });
    at.sim.emit('error', new Error('ECONNRESET'));
    at.sim.emit('error', new Error('ECONNRESET'));
    at.sim.emit('error', new Error('something else'));
    await at.server.event('robot.error', data => data['message'] === 'something else');
    expect(at.server.events.filter(event => event.type === 'robot.error')).toHaveLength(2);
  });

  it('requests of friends', async () => {
    at.sim.addPerson('wxid_c', '小李', false);
    const request = { id: 'f-1', contactId: 'wxid_c', hello: '我是群里的小李', timestamp: 1_795_000_000, type: types.Friendship.Receive, ticket: 't' };
    at.sim.friendshipRawPayload = () => Promise.resolve(request);
    at.sim.emit('friendship', { friendshipId: 'f-1' });
    expect((await at.server.event('friend.request')).data).toEqual({
      requestId: 'f-1', contactId: 'wxid_c', name: '小李', hello: '我是群里的小李', at: new Date(1_795_000_000_000).toISOString(),
    });
  });

  it('reads seconds, milliseconds and nothing', () => {
    expect(instant(1_700_000_000, 0)).toBe(instant(1_700_000_000_000, 0));
    expect(instant(undefined, 0)).toBe('1970-01-01T00:00:00.000Z');
  });
});
