import { describe, expect, it } from 'vitest';
import type { NoticeChannel } from '@/api/types';
import { formOf, newWebhookSecret, requestOf } from './channelForm';
import { KINDS } from './noticeFilters';

const channel: NoticeChannel = {
  id: '3Kd9Zx7Lm0B', kind: 'dingtalk', name: '运营群', enabled: true, target: 'oapi.dingtalk.com …9f2c', hasSecret: true, smtp: null, kinds: ['slot-expired'],
  quiet: { from: '22:00', to: '07:30' }, isReadable: true, waiting: 0, failures: 0, lastSentAt: null, lastAnswer: null, createdAt: '2026-11-22T04:00:00.000Z',
};

describe('channelForm', () => {
  it('starts with everything a new channel can get', () => {
    expect(requestOf({ ...formOf(null), name: ' 群 ', url: ' https://a.example.com ' }, null))
      .toEqual({ kind: 'wecom', name: '群', url: 'https://a.example.com', kinds: KINDS, quiet: null });
  });

  it('sends no secret that was not typed', () => {
    expect(requestOf(formOf(channel), channel)).toEqual({ name: '运营群', kinds: ['slot-expired'], quiet: { from: '22:00', to: '07:30' } });
    expect(requestOf({ ...formOf(channel), secret: 'SECnew' }, channel)).toMatchObject({ secret: 'SECnew' });
    expect(requestOf({ ...formOf(channel), dropSecret: true }, channel)).toMatchObject({ secret: '' });
  });

  it('keeps a mail password that was not typed, and takes recipients as people write them', () => {
    const mail: NoticeChannel = {
      ...channel, kind: 'email',
      smtp: { host: 'smtp.b.example', port: 465, security: 'ssl', user: 'u', hasPassword: true, from: 'a@b.example', to: ['c@b.example'] },
    };
    const form = formOf(mail);
    form.smtp.to = 'c@b.example， d@b.example\ne@b.example;';
    expect(requestOf(form, mail).smtp).toMatchObject({ password: null, to: ['c@b.example', 'd@b.example', 'e@b.example'] });
    form.smtp.password = 'new';
    expect(requestOf(form, mail).smtp).toMatchObject({ password: 'new' });
  });

  it('makes secrets that the server takes', () => {
    expect(newWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
