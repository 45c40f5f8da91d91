import type { QrKind } from '@/api/types';

/** Where a QR leads, as far as its text tells: the quick answer before the server's, which has the last word. */
export function qrKindOf(payload: string): QrKind {
  if (/^wxp:\/\//i.test(payload)) return 'payment';
  let url: URL;
  try {
    url = new URL(payload);
  } catch {
    return 'other';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'other';
  const path = url.pathname;
  switch (url.hostname) {
    case 'weixin.qq.com':
      return path.startsWith('/g/') ? 'group' : path.startsWith('/r/') ? 'card' : 'other';
    case 'u.wechat.com':
      return 'card';
    case 'work.weixin.qq.com':
      return /^\/(gm|ca|u)\//.test(path) ? 'wecom' : 'other';
    case 'wx.tenpay.com':
    case 'payapp.weixin.qq.com':
    case 'qr.alipay.com':
      return 'payment';
    default:
      return 'other';
  }
}
