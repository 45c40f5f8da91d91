import type { AuditChange, AuditEntry } from '@/api/types';
import { i18n, listed, t } from '../i18n';
import { formatMinute } from '../time';

type Kind = AuditEntry['subject']['kind'];

/** What happened, in a sentence without its subject: 更换了「一群」的图片. */
export function deedOf({ subject, action, way }: AuditEntry): string {
  if (way === 'undo') return t('audit.undid', { name: subject.name });
  const key = `audit.did.${subject.kind}.${action}`;
  return i18n.global.te(key) ? t(key, { name: subject.name }) : `${action} ${subject.name}`;
}

export function fieldName(kind: Kind, field: string): string {
  const key = `audit.field.${kind}.${field}`;
  return i18n.global.te(key) ? t(key) : field;
}

/** A value as people call it. What a newer server writes and this page does not know is shown as it is. */
export function valueText(field: string, value: AuditChange['old'] | unknown): string {
  if (value === null || value === undefined || value === '') return t('audit.none');
  if (Array.isArray(value)) return listed(value.map((each) => (field === 'kinds' ? t(`notices.kinds.${String(each)}`) : String(each))));
  if (field === 'settings') return t(value === true ? 'audit.after' : 'audit.before');
  if (typeof value === 'boolean') return field === 'disabled' ? t(value ? 'audit.stopped' : 'audit.active') : t(value ? 'audit.yes' : 'audit.no');
  if (field === 'reason') return t(`audit.reasons.${String(value)}`);
  if (field === 'kind') return t(`noticeChannels.kinds.${String(value)}`);
  if (field === 'status') return t(`status.${String(value)}`);
  if (field === 'role') return t(`role.${String(value)}`);
  if (field === 'driver') return t(`robots.drivers.${String(value)}`);
  if (field === 'expiresAt' || field === 'riskAcceptedAt') return formatMinute(String(value));
  if (field === 'round') return t('audit.round', { n: value });
  if (field === 'threshold' || field === 'seats.cap') return t('audit.times', { n: value });
  if (field === 'seats.leaseMinutes') return t('audit.minutes', { n: value });
  return String(value);
}

/** The changes worth reading: two expiries within one minute look alike. */
export function changesOf({ action, changes }: AuditEntry): AuditChange[] {
  return changes.filter(({ field, old, new: now, oldUrl, newUrl }) =>
    action === 'created' || oldUrl !== newUrl || valueText(field, old) !== valueText(field, now));
}

/** The picture that was there before a replacement; null for any other entry. */
export function formerPicture(entry: AuditEntry): string | null {
  if (entry.subject.kind !== 'slot' || entry.action !== 'picture-replaced') return null;
  const old: unknown = entry.changes.find(({ field }) => field === 'imageId')?.old;
  return typeof old === 'string' ? old : null;
}
