import type { WecomApp } from '@/api/types';

/** 企业微信 as it is typed in. */
export type WecomForm = Required<{ [Key in keyof WecomApp]-?: string }>;

export const WECOM_FIELDS = ['corpId', 'secret', 'callbackToken', 'encodingAesKey'] as const satisfies readonly (keyof WecomForm)[];

export function emptyWecom(corpId = ''): WecomForm {
  return { corpId, secret: '', callbackToken: '', encodingAesKey: '' };
}

/** What a new robot can not do without. */
export function missingIn(form: WecomForm, text: string): Record<string, string> {
  return Object.fromEntries(WECOM_FIELDS.filter((field) => form[field].trim() === '').map((field) => [`wecom.${field}`, text]));
}

/** What was typed in: what is empty stays as it is. */
export function changesIn(form: WecomForm): WecomApp {
  const given = (text: string) => (text.trim() === '' ? null : text.trim());
  return { corpId: given(form.corpId), secret: given(form.secret), callbackToken: given(form.callbackToken), encodingAesKey: given(form.encodingAesKey) };
}
