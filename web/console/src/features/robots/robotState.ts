import type { Robot, RobotCommand } from '@/api/types';
import type { Tone } from '@/shared/ui/StateBadge.vue';

export interface Shown {
  tone: Tone;
  /** Below `robots.state`. */
  key: string;
}

/** In one word how a robot is doing: what keeps it from working comes first. */
export function stateOf({ enabled, online, since, login }: Pick<Robot, 'enabled' | 'online' | 'since' | 'login'>): Shown {
  if (!enabled) return { tone: 'mute', key: 'disabled' };
  if (!online) return since === null ? { tone: 'mute', key: 'never' } : { tone: 'bad', key: 'disconnected' };
  const tones: Record<Robot['login']['state'], Tone> = {
    online: 'good', unknown: 'info', starting: 'info', scanning: 'warn', stopped: 'mute', offline: 'bad',
  };
  return { tone: tones[login.state], key: login.state };
}

/** Where the words for its state are: one of 企业微信 has no gateway and nobody logs in. */
export function textsOf({ driver }: Pick<Robot, 'driver'>): 'robots' | 'wecom' {
  return driver === 'wecom' ? 'wecom' : 'robots';
}

/** A robot that waits for a scan has something to show now. */
export function waitsForScan({ online, login }: Pick<Robot, 'online' | 'login'>): boolean {
  return online && (login.state === 'scanning' || login.qr !== null);
}

/** Since when the state is what it is: the connection's, or the account's. */
export function sinceOf({ enabled, online, since, login }: Pick<Robot, 'enabled' | 'online' | 'since' | 'login'>): string | null {
  if (!enabled) return null;
  return online ? login.at ?? since : since;
}

export const COMMAND_TONES: Record<RobotCommand['state'], Tone> = {
  queued: 'mute', sent: 'info', done: 'good', failed: 'bad', expired: 'warn', unknown: 'bad',
};

/** Names in the protocol have dots, keys of texts can not. */
export function keyOf(name: string): string {
  return name.replaceAll('.', '-');
}

/** Where a gateway dials to, for a console under this address. */
export function serverOf(origin: string): string {
  return origin.replace(/^http/, 'ws');
}

export function commandOf(token: string): string {
  return `HUOMA_TOKEN_R1='${token}' node dist/main.js gateway.json`;
}
