import { expect, it } from 'vitest';
import { qrKindOf } from './qrKind';

it.each([
  ['https://weixin.qq.com/g/AQYAAxx', 'group'],
  ['http://weixin.qq.com/r/abc', 'card'],
  ['https://u.wechat.com/abc', 'card'],
  ['https://work.weixin.qq.com/gm/abc', 'wecom'],
  ['https://work.weixin.qq.com/other', 'other'],
  ['wxp://f2f0abc', 'payment'],
  ['https://qr.alipay.com/abc', 'payment'],
  ['https://weixin.qq.com.example.com/g/x', 'other'],
  ['weixin.qq.com/g/x', 'other'],
  ['just text', 'other'],
])('%s leads to %s', (payload, kind) => {
  expect(qrKindOf(payload)).toBe(kind);
});
