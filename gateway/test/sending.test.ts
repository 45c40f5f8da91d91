import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withMentions } from '../src/commands/mentions.js';
import { PictureGate } from '../src/commands/pictures.js';
import { Harness } from './support/harness.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let at: Harness;
let roomId: string;
beforeEach(async () => {
  at = await Harness.start();
  roomId = await at.room();
  at.server.pictures.set('/m/a.png', { status: 200, body: png });
});
afterEach(() => at.stop());

const picture = (name: string): string => `${at.server.address.replace('ws:', 'http:')}/m/${name}`;

describe('room.send', () => {
  it('sends texts, pictures and links in order', async () => {
    const { msgIds } = await at.do<{ msgIds: string[] }>('room.send', { roomId, parts: [
      { type: 'text', text: '欢迎 @{wxid_friend1} 入群', mentionIds: ['wxid_friend1'] },
      { type: 'image', url: picture('a.png'), name: 'a b.png' },
      { type: 'image', base64: png.toString('base64') },
      { type: 'link', title: '福利', description: null, url: 'https://example.com/a', thumbUrl: null },
    ] });
    expect(msgIds).toHaveLength(4);
    expect(at.sim.said).toEqual([
      { roomId, text: '欢迎 @好友1\u2005 入群', mentionIds: ['wxid_friend1'] },
      { roomId, file: `a_b.png ${png.length}` }, { roomId, file: `picture.png ${png.length}` }, { roomId, link: 'https://example.com/a' },
    ]);
  });

  it('stops at the part that fails and says how far it came', async () => {
    const sendText = at.sim.messageSendText.bind(at.sim);
    at.sim.messageSendText = async (...all) => {
      const id = await sendText(...all);
      await at.sim.logout('kicked out by server');
      return id;
    };
    const data = { roomId, parts: [{ type: 'text', text: '一' }, { type: 'text', text: '二' }] };
    const result = await at.send('room.send', data, { id: 'partly' });
    expect(result).toMatchObject({ ok: false, error: { code: 'ROBOT_OFFLINE' }, data: { sentParts: 1, msgIds: [expect.any(String)] } });
    await at.do('sim.login');
    expect(await at.send('room.send', data, { id: 'partly' })).toEqual(result);
    expect(at.sim.said).toHaveLength(1);
  });

  it('sends nothing when a picture is not there', async () => {
    expect(await at.fail('room.send', { roomId, parts: [{ type: 'text', text: '一' }, { type: 'image', url: picture('missing.png') }] })).toBe('BAD_REQUEST');
    expect(at.sim.said).toEqual([]);
  });

  it('mentions nobody who has left', async () => {
    await at.do('room.send', { roomId, parts: [{ type: 'text', text: '你好', mentionIds: ['wxid_friend2', 'wxid_gone'] }] });
    expect(at.sim.said).toEqual([{ roomId, text: '@好友2\u2005你好', mentionIds: ['wxid_friend2'] }]);
  });
});

describe('pictures', () => {
  const gate = new PictureGate('wss://hm.example.com');

  it.each([
    'http://hm.example.com/m/a.png', 'https://hm.example.com:8443/m/a.png', 'https://evil.example/m/a.png', 'https://hm.example.com.evil.example/a',
    'https://hm.example.com@169.254.169.254/a', 'https://user@hm.example.com/a', 'https://127.0.0.1/a', 'https://[::1]/a', 'https://2130706433/a',
    'file:///etc/passwd', 'ftp://hm.example.com/a', 'gopher://hm.example.com/', 'data:image/png;base64,AAAA', '//hm.example.com/a', '',
  ])('are not taken from %s', async url => {
    await expect(gate.fetched(url, 'a')).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'pictures are taken from the server only' });
  });

  it('follow no redirect', async () => {
    const canary = await new Promise<ReturnType<typeof createServer>>(resolve => {
      const other = createServer((_, response) => { touched++; response.end(png); });
      other.listen(0, '127.0.0.1', () => resolve(other));
    });
    let touched = 0;
    const location = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
    at.server.pictures.set('/m/moved.png', { status: 302, body: Buffer.alloc(0), headers: { location } });
    expect(await at.fail('room.send', { roomId, parts: [{ type: 'image', url: picture('moved.png') }] })).toBe('BAD_REQUEST');
    expect(touched).toBe(0);
    await new Promise(resolve => canary.close(resolve));
  });

  it.each([['text', Buffer.from('<svg/>')], ['too large', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)])]])('that are %s are refused', async (_, body) => {
    at.server.pictures.set('/m/bad.png', { status: 200, body });
    expect(await at.fail('room.send', { roomId, parts: [{ type: 'image', url: picture('bad.png') }] })).toBe('BAD_REQUEST');
    expect(() => gate.decoded(body.toString('base64'), '')).toThrow();
  });
});

describe('mentions', () => {
  const names = new Map([['a', '小王'], ['b', '@{a}'], ['c', '坏\n人\u202e']]);

  it.each([
    ['欢迎 @{a} 入群', ['a'], '欢迎 @小王\u2005 入群'],
    ['欢迎', ['a', 'b'], '@小王\u2005@@{a}\u2005欢迎'],
    ['@小王\u2005你好', ['a'], '@小王\u2005你好'],
    ['@{b}', [], '@@{a}\u2005'],
    ['@{c}', ['c'], '@坏人\u2005'],
    ['@{群新人} @{x}', ['x'], '@{群新人} @{x}'],
  ])('%j', (text, ids, written) => {
    expect(withMentions(text, ids, names)).toBe(written);
  });
});
