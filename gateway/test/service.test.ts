import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PuppetServer, PuppetService } from 'wechaty-puppet-service';
import { Harness } from './support/harness.js';

/** The way to a puppet in another process: gateway ⇄ PuppetService ⇄ gRPC on loopback ⇄ PuppetServer ⇄ simulator. */
let at: Harness;
let remote: PuppetServer;

const freePort = (): Promise<number> => new Promise(resolve => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});

beforeEach(async () => {
  const [port, token] = [await freePort(), `insecure_${randomUUID()}`];
  at = await Harness.start({
    login: false, robot: { autoStart: false },
    puppet: sim => {
      remote = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet: sim, token, tls: { disable: true } });
      return new PuppetService({ endpoint: `127.0.0.1:${port}`, token, tls: { disable: true } } as never);
    },
  });
  await remote.start();
  await at.do('robot.start');
  await at.do('sim.login');
  await at.server.event('robot.ready');
});
afterEach(async () => {
  await at.gateway.stop();
  await remote.stop();
  await at.stop();
});

describe('through wechaty-puppet-service', () => {
  it('every command works', async () => {
    expect(await at.do('robot.status')).toMatchObject({ state: 'online', userId: 'wxid_robot' });
    expect((await at.do<{ contacts: object[] }>('contact.list')).contacts).toHaveLength(5);
    const roomId = await at.room('群一');
    await at.do('room.rename', { roomId, name: '群二' });
    await at.do('room.announce', { roomId, text: '今晚八点' });
    expect(at.sim.announced).toEqual([{ roomId, text: '今晚八点' }]);
    expect(await at.do('room.qr', { roomId })).toMatchObject({ qr: expect.stringMatching(/^https:/) as string });
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const { msgIds } = await at.do<{ msgIds: string[] }>('room.send', { roomId, parts: [
      { type: 'text', text: '欢迎', mentionIds: ['wxid_friend1'] }, { type: 'image', base64: png, name: 'dot' },
      { type: 'link', title: '福利', url: 'https://example.com/a' },
    ] });
    expect(msgIds).toHaveLength(3);
    expect(at.sim.said).toEqual([
      { roomId, text: '@好友1\u2005欢迎', mentionIds: ['wxid_friend1'] }, { roomId, file: 'dot.png 70' }, { roomId, link: 'https://example.com/a' },
    ]);
    expect(await at.do('room.kick', { roomId, memberIds: ['wxid_friend1', 'wxid_nobody'] })).toMatchObject({ results: [{ ok: true }, { code: 'NOT_MEMBER' }] });
    expect(await at.do('room.add', { roomId, memberIds: ['wxid_friend3'] })).toMatchObject({ results: [{ ok: true }] });
    expect(await at.do('room.members', { roomId })).toMatchObject({ name: '群二', ownerId: 'wxid_robot' });
    expect(await at.do('room.list')).toMatchObject({ rooms: [{ roomId, name: '群二', memberCount: 3 }] });
  });

  it('every event arrives', async () => {
    const roomId = await at.room();
    await at.do('sim.failNext', { fault: 'emptyInviter' });
    await at.do('sim.join', { roomId, memberId: 'wxid_new', name: '新人小王' });
    expect((await at.server.event('room.memberJoined')).data).toMatchObject({ members: [{ id: 'wxid_new', name: '新人小王' }], inviterId: null, scene: 'unknown' });
    await at.do('sim.say', { roomId, memberId: 'wxid_new', text: '大家好' });
    expect((await at.server.event('room.message')).data).toMatchObject({ senderId: 'wxid_new', senderName: '新人小王', text: '大家好' });
    await at.do('sim.leave', { roomId, memberId: 'wxid_new' });
    expect((await at.server.event('room.memberLeft')).data).toMatchObject({ memberIds: ['wxid_new'], how: 'left' });
    await at.do('sim.rename', { roomId, name: '改了' });
    expect((await at.server.event('room.renamed')).data).toMatchObject({ name: '改了' });
    await at.do('sim.kickout');
    expect((await at.server.event('robot.logout')).data).toMatchObject({ userId: 'wxid_robot' });
  });

  it('errors keep their meaning', async () => {
    await at.do('sim.failNext', { fault: 'rateLimit' });
    const data = { name: '群', memberIds: ['wxid_friend1', 'wxid_friend2'] };
    expect(await at.send('room.create', data)).toMatchObject({ error: { code: 'RATE_LIMITED', message: '创建群聊的频率过快，请明日再试', retryAfterSec: 86_400 } });
    expect(await at.fail('room.qr', { roomId: 'no@chatroom' })).toBe('ROOM_NOT_FOUND');
  });
});
