import type { GroupRules, GroupRulesChange } from '@/api/types';
import { t } from '@/shared/i18n';
import { postErrors, postForm, POST, textError, toPost, type PostForm } from './posts';

export const INTERVAL = { least: 0, most: 3600 };
export const MOST_WELCOMES = 3;
export const MOST_KEYWORDS = 200;
const KEYWORD_MAX = 30;

export interface RulesForm {
  welcome: { enabled: boolean; intervalSeconds: number | null; messages: PostForm[] };
  imageReminder: { enabled: boolean; intervalSeconds: number | null; text: string };
  /** One keyword a line. */
  keywordKick: { enabled: boolean; lines: string };
  staff: { id: string; name: string }[];
}

export function rulesForm(rules: GroupRules): RulesForm {
  return {
    welcome: { ...rules.welcome, messages: rules.welcome.messages.map(postForm) },
    imageReminder: { ...rules.imageReminder },
    keywordKick: { enabled: rules.keywordKick.enabled, lines: rules.keywordKick.keywords.join('\n') },
    staff: rules.staff.map((one) => ({ ...one })),
  };
}

/** The keywords that were typed, each once. */
export function keywordsOf(lines: string): string[] {
  return [...new Set(lines.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== ''))];
}

export function rulesChange(form: RulesForm): GroupRulesChange {
  return {
    welcome: { enabled: form.welcome.enabled, intervalSeconds: form.welcome.intervalSeconds, messages: form.welcome.messages.map(toPost) },
    imageReminder: { enabled: form.imageReminder.enabled, intervalSeconds: form.imageReminder.intervalSeconds, text: form.imageReminder.text.trim() },
    keywordKick: { enabled: form.keywordKick.enabled, keywords: keywordsOf(form.keywordKick.lines) },
    staffIds: form.staff.map(({ id }) => id),
  };
}

/** What is wrong, by the fields of the API. */
export function rulesErrors(form: RulesForm): Record<string, string> {
  const errors: Record<string, string> = {};
  const { welcome, imageReminder, keywordKick } = form;
  if (!isInterval(welcome.intervalSeconds)) errors['welcome.intervalSeconds'] = t('common.wholeNumber', INTERVAL);
  if (!isInterval(imageReminder.intervalSeconds)) errors['imageReminder.intervalSeconds'] = t('common.wholeNumber', INTERVAL);
  if (welcome.enabled && welcome.messages.length === 0) errors['welcome.messages'] = t('rules.welcomeMissing');
  welcome.messages.forEach((post, at) => Object.assign(errors, postErrors(post, `welcome.messages[${at}]`, true)));
  const reminder = imageReminder.enabled || imageReminder.text.trim() !== '' ? textError(imageReminder.text, POST.textMax, false) : null;
  if (reminder) errors['imageReminder.text'] = reminder;
  const keywords = keywordsOf(keywordKick.lines);
  const long = keywords.find((keyword) => [...keyword].length > KEYWORD_MAX);
  if (keywordKick.enabled && keywords.length === 0) errors['keywordKick.keywords'] = t('rules.keywordsMissing');
  if (keywords.length > MOST_KEYWORDS) errors['keywordKick.keywords'] = t('rules.keywordsTooMany', { n: MOST_KEYWORDS });
  if (long !== undefined) errors['keywordKick.keywords'] = t('rules.keywordTooLong', { keyword: long, n: KEYWORD_MAX });
  return errors;
}

function isInterval(value: number | null): boolean {
  return value !== null && Number.isInteger(value) && value >= INTERVAL.least && value <= INTERVAL.most;
}
