import type { LiveCode, NewLiveCode } from '@/api/types';
import { listed, t } from '@/shared/i18n';
import { AUTO, isWithin } from '../limits';

/** 群设置: what robots are to build. The first three are said once. */
export interface AutoForm {
  groups: number | null;
  theme: string;
  firstNumber: number | null;
  memberThreshold: number | null;
  replenish: boolean;
  blacklist: boolean;
}

type Auto = NonNullable<NewLiveCode['auto']>;

export function emptyAuto(): AutoForm {
  return {
    groups: AUTO.groups.usual, theme: '', firstNumber: AUTO.firstNumber.usual, memberThreshold: AUTO.memberThreshold.usual, replenish: true, blacklist: false,
  };
}

export function autoOf({ auto }: LiveCode): AutoForm {
  return auto ? { ...auto } : emptyAuto();
}

export function toAuto(form: AutoForm): Auto {
  return { ...toAutoChange(form), groups: form.groups, theme: form.theme.trim(), firstNumber: form.firstNumber };
}

export function toAutoChange({ memberThreshold, replenish, blacklist }: AutoForm): Auto {
  return { memberThreshold, replenish, blacklist };
}

/** @param groupsLeft 剩余自动建群数量; null while it is not known. */
export function autoErrors(form: AutoForm, groupsLeft: number | null): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!isWithin(form.groups, AUTO.groups)) errors['auto.groups'] = t('common.wholeNumber', AUTO.groups);
  else if (groupsLeft !== null && form.groups! > groupsLeft) errors['auto.groups'] = t('auto.notEnough', { n: groupsLeft });
  if (!isWithin(form.firstNumber, AUTO.firstNumber)) errors['auto.firstNumber'] = t('common.wholeNumber', AUTO.firstNumber);
  if (form.theme.trim() === '') errors['auto.theme'] = t('auto.themeMissing');
  else if ([...namesOf(form).at(-1) ?? ''].length > AUTO.nameMax) errors['auto.theme'] = t('auto.themeTooLong', { most: AUTO.nameMax });
  return { ...errors, ...thresholdErrors(form) };
}

export function thresholdErrors({ memberThreshold }: AutoForm): Record<string, string> {
  return isWithin(memberThreshold, AUTO.memberThreshold) ? {} : { 'auto.memberThreshold': t('common.wholeNumber', AUTO.memberThreshold) };
}

/** What the groups of the first allocation will be called: 进群宝演示群2, 进群宝演示群3. */
export function namesOf({ groups, theme, firstNumber }: AutoForm): string[] {
  if (groups === null || firstNumber === null || theme.trim() === '') return [];
  return Array.from({ length: Math.max(0, groups) }, (_, at) => `${theme.trim()}${firstNumber + at}`);
}

export function autoInWords({ memberThreshold, replenish, blacklist }: AutoForm): string {
  const part = (key: string, on: boolean) => `${t(key)} ${t(on ? 'common.on' : 'common.off')}`;
  return listed([t('auto.thresholdOf', { n: memberThreshold ?? '' }), part('auto.replenish', replenish), part('auto.blacklistShort', blacklist)]);
}
