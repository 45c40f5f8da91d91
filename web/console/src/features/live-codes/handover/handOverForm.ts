import type { HandOverWhen, LiveCode, LiveCodeChange } from '@/api/types';
import { t } from '@/shared/i18n';
import { tk, type Kind } from '../kinds';
import { PRESSES } from '../limits';

/** 切换到名片码/群活码 as it is filled in; what was chosen is kept while the switch is off. */
export interface HandOverForm {
  enabled: boolean;
  targetId: string | null;
  targetNumber: string | null;
  targetName: string | null;
  when: HandOverWhen;
  afterPresses: number | null;
}

export const RECOMMENDED: HandOverWhen = 'exhausted';
/** 切换时机; a card code has no choice (D11). */
export const MOMENTS: readonly HandOverWhen[] = [RECOMMENDED, 'immediately', 'after-presses'];

export function emptyHandOver(kind: Kind): HandOverForm {
  return {
    enabled: false, targetId: null, targetNumber: null, targetName: null, when: kind === 'group' ? RECOMMENDED : 'after-presses', afterPresses: PRESSES.usual,
  };
}

export function handOverOf({ kind, handOver }: LiveCode): HandOverForm {
  const { enabled, targetId, targetNumber, targetName, when, afterPresses } = handOver;
  // A code on which nothing was ever chosen starts with what is recommended.
  const untouched = !enabled && targetNumber === null;
  return {
    enabled, targetId, targetNumber, targetName, when: untouched ? emptyHandOver(kind).when : when, afterPresses: afterPresses ?? PRESSES.usual,
  };
}

/** Off is sent alone: a target that is gone by now must not stand in the way of switching off. */
export function toHandOver({ enabled, targetNumber, when, afterPresses }: HandOverForm): NonNullable<LiveCodeChange['handOver']> {
  if (!enabled) return { enabled };
  return { enabled, targetNumber, when, ...(when === 'after-presses' ? { afterPresses } : {}) };
}

export function handOverErrors(kind: Kind, { enabled, targetNumber, when, afterPresses }: HandOverForm): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!enabled) return errors;
  if (!targetNumber) errors['handOver.targetNumber'] = tk(kind, 'handOver.targetMissing');
  const counts = afterPresses !== null && Number.isInteger(afterPresses) && afterPresses >= PRESSES.least && afterPresses <= PRESSES.most;
  if (when === 'after-presses' && !counts) errors['handOver.afterPresses'] = t('common.wholeNumber', PRESSES);
  return errors;
}

/** In a few words, for people who compare two versions of it. */
export function handOverInWords({ enabled, targetName, targetNumber, when, afterPresses }: HandOverForm): string {
  if (!enabled) return t('common.off');
  const moment = t(`handOver.moment.${when}`, { n: afterPresses ?? '' });
  return t('handOver.inWords', { name: targetName ?? targetNumber ?? '', moment });
}
