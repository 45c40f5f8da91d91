import type { PictureWarning, Slot } from '@/api/types';
import { t } from '@/shared/i18n';
import { fromWallTime } from '@/shared/time';
import { tk, type Kind } from '../kinds';
import { SLOT_NAME_MAX, THRESHOLD } from '../limits';
import type { BatchRow } from './batchQueue';

export type Errors = Record<string, string>;

/** Names that cameras and messengers give tell nothing about a group. */
const MEANINGLESS = /^(img|dsc|image|photo|pic|screenshot|mmexport|wx_camera|wechat|微信图片|微信截图|屏幕截图|截屏|截图|qrcode|download|下载|[\d_\-.\s()（）]+$)/i;

/** 群二维码名称 to start with: the file's name when it says something, else 群1, 群2, … (名片1, 名片2, …) */
export function slotNameFor(kind: Kind, fileName: string, number: number): string {
  const stem = fileName.replace(/\.[A-Za-z0-9]{2,5}$/, '').trim();
  return stem === '' || MEANINGLESS.test(stem) ? tk(kind, 'batch.groupNumber', { n: number }) : Array.from(stem).slice(0, SLOT_NAME_MAX).join('');
}

/** What the server (or, before it was asked again, this batch) finds doubtful about a picture. */
export function warningsOf(row: BatchRow, { rows, saved }: { rows: readonly BatchRow[]; saved: readonly Slot[] }): PictureWarning[] {
  const payload = row.payloads?.[0];
  if (payload === undefined || row.warnings.some(({ code }) => code === 'picture.already-used')) return row.warnings;
  const twin = rows.find((other) => other.key < row.key && other.state !== 'failed' && other.payloads?.[0] === payload)
    ?? (row.state === 'saved' ? undefined : saved.find((slot) => slot.payload === payload));
  return twin ? [...row.warnings, { code: 'picture.already-used', message: t('batch.twin', { name: twin.name }) }] : row.warnings;
}

export function rowErrors(row: Pick<BatchRow, 'name' | 'expiresAt' | 'threshold' | 'reason'>, warnings: PictureWarning[], now: number): Errors {
  const errors: Errors = { ...slotErrors(row, now) };
  if (warnings.length > 0 && row.reason.trim() === '') errors.reason = t('batch.reasonMissing');
  return errors;
}

/** Checks of 名称, 有效期 and 自动切换频率, the same for one slot as for many. */
export function slotErrors(slot: { name: string; expiresAt: string | null; threshold: number | null }, now: number): Errors {
  const errors: Errors = {};
  if (slot.name.trim() === '') errors.name = t('slot.nameMissing');
  const message = expiryError(slot.expiresAt, now);
  if (message) errors.expiresAt = message;
  const { threshold } = slot;
  const inRange = threshold !== null && Number.isInteger(threshold) && threshold >= THRESHOLD.least && threshold <= THRESHOLD.most;
  if (!inRange) errors.threshold = t('common.wholeNumber', THRESHOLD);
  return errors;
}

export function expiryError(wall: string | null, now: number): string {
  if (wall === null) return '';
  const instant = fromWallTime(wall);
  if (instant === null) return t('slot.expiryMissing');
  return new Date(instant).getTime() <= now ? t('slot.expiryPast') : '';
}
