import type { NoticeChannel, NoticeChannelKind, NoticeChannelRequest, NoticeKind, SmtpSecurity } from '@/api/types';
import { KINDS } from './noticeFilters';

export const CHANNEL_KINDS: NoticeChannelKind[] = ['wecom', 'dingtalk', 'feishu', 'email', 'webhook'];
export const PORTS: Record<SmtpSecurity, number> = { ssl: 465, 'start-tls': 587, none: 25 };

/** What the dialog holds; secrets are empty unless they are typed anew. */
export interface ChannelForm {
  kind: NoticeChannelKind;
  name: string;
  url: string;
  secret: string;
  dropSecret: boolean;
  smtp: { host: string; port: number | undefined; security: SmtpSecurity; user: string; password: string; from: string; to: string };
  kinds: NoticeKind[];
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
}

export function formOf(channel: NoticeChannel | null): ChannelForm {
  const smtp = channel?.smtp;
  return {
    kind: channel?.kind ?? 'wecom',
    name: channel?.name ?? '',
    url: '',
    secret: '',
    dropSecret: false,
    smtp: {
      host: smtp?.host ?? '', port: smtp?.port ?? PORTS.ssl, security: smtp?.security ?? 'ssl', user: smtp?.user ?? '', password: '',
      from: smtp?.from ?? '', to: (smtp?.to ?? []).join('\n'),
    },
    kinds: [...(channel?.kinds ?? KINDS)],
    quiet: channel?.quiet !== null && channel?.quiet !== undefined,
    quietFrom: channel?.quiet?.from ?? '23:00',
    quietTo: channel?.quiet?.to ?? '08:00',
  };
}

/** What is sent: of an existing channel no secret that was not typed, so that it stays what it was. */
export function requestOf(form: ChannelForm, channel: NoticeChannel | null): NoticeChannelRequest {
  const isNew = channel === null;
  return {
    ...(isNew ? { kind: form.kind } : {}),
    name: form.name.trim(),
    kinds: form.kinds,
    quiet: form.quiet ? { from: form.quietFrom, to: form.quietTo } : null,
    ...(form.kind === 'email' ? { smtp: smtpOf(form, isNew) } : leadingTo(form, isNew)),
  };
}

function smtpOf({ smtp }: ChannelForm, isNew: boolean): NonNullable<NoticeChannelRequest['smtp']> {
  const to = smtp.to.split(/[\s,，;；、]+/).filter((mail) => mail !== '');
  const { host, user, from, security, port, password } = smtp;
  // Without a user there is no password either; otherwise one that was not typed stays.
  const kept = password === '' && (isNew || user.trim() !== '');
  return { host: host.trim(), port: port ?? null, security, user: user.trim(), password: kept ? null : password, from: from.trim(), to };
}

function leadingTo({ url, secret, dropSecret }: ChannelForm, isNew: boolean): NoticeChannelRequest {
  return {
    ...(isNew || url.trim() !== '' ? { url: url.trim() } : {}),
    ...(secret.trim() !== '' ? { secret: secret.trim() } : dropSecret ? { secret: '' } : {}),
  };
}

/** A Standard Webhooks secret of 32 random bytes. */
export function newWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
