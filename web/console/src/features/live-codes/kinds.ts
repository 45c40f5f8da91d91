import type { LiveCode } from '@/api/types';
import { i18n, t } from '@/shared/i18n';

/** 群活码 or 名片码. */
export type Kind = LiveCode['kind'];

/** A text that may differ by kind: what stands under `card` in the locale files is said of 名片码 in place of the usual text. */
export function tk(kind: Kind, key: string, values?: Record<string, unknown>): string {
  return t(keyFor(kind, key), values ?? {});
}

export function keyFor(kind: Kind, key: string): string {
  const own = `${kind}.${key}`;
  return i18n.global.te(own, 'zh-CN') ? own : key;
}

/** Which kind visitors can be handed over to. */
export function otherKind(kind: Kind): Kind {
  return kind === 'group' ? 'card' : 'group';
}

/** Whether visitors who are not bound to a slot see another code now (D10, D11). */
export function hasHandedOver({ status, handOver, counts }: LiveCode): boolean {
  if (status === 'off' || !handOver.enabled) return false;
  if (handOver.when === 'immediately') return true;
  if (handOver.when === 'exhausted') return counts.usableSlots === 0;
  return handOver.afterPresses !== null && counts.presses >= handOver.afterPresses;
}

/** Whether a new visitor has nothing to see but 店小二已下班. With 循环利用 full cards begin anew. */
export function isOffDuty(code: LiveCode): boolean {
  if (code.status === 'off') return true;
  return code.counts.usableSlots === 0 && !hasHandedOver(code) && !(code.recycle && code.kind === 'card' && code.counts.slots > 0);
}

/** Where the QRs of a code are looked after: 群管理 where robots build the groups, else 群二维码管理 or 名片二维码管理. */
export function placeOfSlots({ building }: LiveCode): 'groups' | 'slots' {
  return building === 'auto' ? 'groups' : 'slots';
}

export function titleOfSlots(code: LiveCode): string {
  return code.building === 'auto' ? t('groups.title') : tk(code.kind, 'slots.title');
}
