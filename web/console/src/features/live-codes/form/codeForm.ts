import type { LiveCode, LiveCodeChange, NewLiveCode } from '@/api/types';
import { t } from '@/shared/i18n';
import { emptyHandOver, handOverErrors, handOverInWords, handOverOf, toHandOver, type HandOverForm } from '../handover/handOverForm';
import { keyFor, tk, type Kind } from '../kinds';
import { autoInWords, autoOf, emptyAuto, thresholdErrors, toAuto, toAutoChange, type AutoForm } from '../auto/autoForm';
import { INTRO_MAX, isWithin, NAME_MAX, REMARK_MAX, SEATS } from '../limits';

/** What a person fills in about a 群活码 or 名片码 (step 1 of the wizard and 编辑). A 名片码 has no welcome page and no seats, a 群活码 no 循环利用. */
export interface CodeForm {
  kind: Kind;
  building: LiveCode['building'];
  name: string;
  remark: string;
  sticky: boolean;
  welcome: { enabled: boolean; imageId: string | null; imageUrl: string | null; groupIntro: string; founderIntro: string };
  /** 按展示人数上限 and 座位租约; the numbers are kept while the switches are off. */
  seats: { limited: boolean; cap: number | null; leased: boolean; leaseMinutes: number | null };
  recycle: boolean;
  handOver: HandOverForm;
  /** 群设置, of 自动建群 only. */
  auto: AutoForm;
}

export type Errors = Record<string, string>;

export function emptyForm(kind: Kind): CodeForm {
  return {
    kind,
    building: 'manual',
    name: '',
    remark: '',
    sticky: true,
    welcome: { enabled: false, imageId: null, imageUrl: null, groupIntro: '', founderIntro: '' },
    seats: { limited: false, cap: SEATS.cap.usual, leased: false, leaseMinutes: SEATS.lease.usual },
    recycle: false,
    handOver: emptyHandOver(kind),
    auto: emptyAuto(),
  };
}

export function formOf(code: LiveCode): CodeForm {
  const { enabled, imageId, imageUrl, groupIntro, founderIntro } = code.welcome;
  const { cap, leaseMinutes } = code.seats;
  return {
    kind: code.kind,
    building: code.building,
    name: code.name,
    remark: code.remark,
    sticky: code.sticky,
    welcome: { enabled, imageId, imageUrl: imageUrl ?? null, groupIntro, founderIntro },
    seats: { limited: cap !== null, cap: cap ?? SEATS.cap.usual, leased: leaseMinutes !== null, leaseMinutes: leaseMinutes ?? SEATS.lease.usual },
    recycle: code.recycle,
    handOver: handOverOf(code),
    auto: autoOf(code),
  };
}

/** Only what the form of this kind shows: the rest of the code stays as it is. */
export function toChange(form: CodeForm): LiveCodeChange & { name: string; remark: string } {
  const { enabled, imageId, groupIntro, founderIntro } = form.welcome;
  const { limited, cap, leased, leaseMinutes } = form.seats;
  const both = { name: form.name.trim(), remark: form.remark.trim(), sticky: form.sticky, handOver: toHandOver(form.handOver) };
  if (form.kind === 'card') return { ...both, recycle: form.recycle };
  return {
    ...both,
    welcome: { enabled, imageId, groupIntro, founderIntro },
    seats: { cap: limited ? cap : null, leaseMinutes: limited && leased ? leaseMinutes : null },
    ...(form.building === 'auto' ? { recycle: form.recycle, auto: toAutoChange(form.auto) } : {}),
  };
}

export function toNewCode(form: CodeForm): NewLiveCode {
  const auto = form.building === 'auto' ? { auto: toAuto(form.auto) } : {};
  return { kind: form.kind, building: form.building, ...toChange(form), ...auto };
}

export function check(form: CodeForm): Errors {
  const errors: Errors = {};
  if (form.name.trim() === '') errors.name = tk(form.kind, 'form.nameMissing');
  else if (form.name.trim().length > NAME_MAX) errors.name = t('common.tooLong', { most: NAME_MAX });
  if (form.remark.trim() === '') errors.remark = t('form.remarkMissing');
  else if (form.remark.trim().length > REMARK_MAX) errors.remark = t('common.tooLong', { most: REMARK_MAX });
  Object.assign(errors, handOverErrors(form.kind, form.handOver));
  if (form.kind === 'card') return errors;
  return { ...errors, ...welcomeErrors(form), ...seatErrors(form.seats), ...(form.building === 'auto' ? thresholdErrors(form.auto) : {}) };
}

function welcomeErrors(form: CodeForm): Errors {
  const errors: Errors = {};
  if (form.welcome.enabled && !form.welcome.imageId) errors['welcome.imageId'] = t('form.posterMissing');
  if (form.welcome.groupIntro.length > INTRO_MAX) errors['welcome.groupIntro'] = t('common.tooLong', { most: INTRO_MAX });
  if (form.welcome.founderIntro.length > INTRO_MAX) errors['welcome.founderIntro'] = t('common.tooLong', { most: INTRO_MAX });
  return errors;
}

function seatErrors({ limited, cap, leased, leaseMinutes }: CodeForm['seats']): Errors {
  const errors: Errors = {};
  if (limited && !isWithin(cap, SEATS.cap)) errors['seats.cap'] = t('common.wholeNumber', SEATS.cap);
  if (limited && leased && !isWithin(leaseMinutes, SEATS.lease)) errors['seats.leaseMinutes'] = t('common.wholeNumber', SEATS.lease);
  return errors;
}

/** What is left of the errors shown once the form has changed: those that still hold. */
export function stillWrong(shown: Errors, form: CodeForm): Errors {
  return Object.fromEntries(Object.entries(check(form)).filter(([field]) => field in shown));
}

export function same(one: CodeForm, other: CodeForm): boolean {
  return JSON.stringify(toChange(one)) === JSON.stringify(toChange(other));
}

export interface Difference {
  /** Key of the field's label. */
  field: string;
  base: string;
  theirs: string;
  mine: string;
}

/** What somebody else has changed since the form was opened, beside what this form would write. */
export function differences(base: CodeForm, theirs: CodeForm, mine: CodeForm): Difference[] {
  const rows: [string, (form: CodeForm) => string][] = [
    ['code.groupName', (form) => form.name],
    ['code.remark', (form) => form.remark],
    ['form.recycle', (form) => t(form.recycle ? 'common.on' : 'common.off')],
    ['form.sticky', (form) => t(form.sticky ? 'common.on' : 'common.off')],
    ['form.welcome', (form) => t(form.welcome.enabled ? 'common.on' : 'common.off')],
    ['form.poster', (form) => (form.welcome.imageId ? t('form.posterNamed', { id: form.welcome.imageId.slice(-4) }) : t('common.none'))],
    ['form.groupIntro', (form) => form.welcome.groupIntro],
    ['form.founderIntro', (form) => form.welcome.founderIntro],
    ['form.seatCap', ({ seats }) => (seats.limited ? t('form.people', { n: seats.cap ?? '' }) : t('common.off'))],
    ['form.seatLease', ({ seats }) => (seats.limited && seats.leased ? t('form.minutes', { n: seats.leaseMinutes ?? '' }) : t('common.off'))],
    ['handOver.switch', ({ handOver }) => handOverInWords(handOver)],
    ['auto.title', (form) => (form.building === 'auto' ? autoInWords(form.auto) : '')],
  ];
  return rows
    .map(([field, show]) => ({ field: keyFor(mine.kind, field), base: show(base), theirs: show(theirs), mine: show(mine) }))
    .filter(({ base: before, theirs: now }) => before !== now);
}
