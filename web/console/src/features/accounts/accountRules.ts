import { t } from '@/shared/i18n';

export const PASSWORD_MIN = 8;

export type Errors = Record<string, string>;

/** A message for each of the fields that is left empty. */
export function textErrors(form: Record<string, unknown>, fields: string[]): Errors {
  const empty = fields.filter((field) => typeof form[field] !== 'string' || form[field].trim() === '');
  return Object.fromEntries(empty.map((field) => [field, t('common.required')]));
}

export function newPasswordErrors(password: string, repeated: string, field = 'password'): Errors {
  if (password.length < PASSWORD_MIN) return { [field]: t('password.tooShort', { least: PASSWORD_MIN }) };
  if (password !== repeated) return { repeated: t('password.different') };
  return {};
}

/** A password to hand over by telephone: no letters that are mistaken for each other. */
export function inventPassword(random: (bytes: Uint8Array) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  // 56 letters into 256 leaves a small bias that a password of twelve letters can bear.
  return Array.from(random(new Uint8Array(12)), (byte) => letters[byte % letters.length]).join('');
}
