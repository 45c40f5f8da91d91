import type { PosterLayout, PosterLine } from '@/api/types';
import { t } from '@/shared/i18n';

/** The limits of a layout, as the server has them. */
export const LEAST_QR = 160;
export const LEAST_AVATAR = 40;
export const LEAST_WIDTH = 40;
export const LEAST_SIZE = 14;
export const MOST_SIZE = 200;
export const MAX_TEXTS = 5;
export const NICKNAME_MAX = 40;
export const TEXT_MAX = 60;

export interface Size { width: number; height: number }

export type PartKey = 'qr' | 'avatar' | 'nickname' | `text-${number}`;

/** A part of the poster as it is moved about: a square, or a line whose height follows from its letters. */
export interface Part extends Size { key: PartKey; x: number; y: number; line: PosterLine | null }

export function lineHeight(size: number): number {
  return Math.floor((size * 29 + 19) / 20);
}

/** What a poster gets that nobody has designed, as the server has it. */
export function defaultLayout({ width, height }: Size): PosterLayout {
  const size = Math.min(Math.max(Math.floor(width / 3), LEAST_QR), Math.max(LEAST_QR, Math.min(width, height)));
  const qr = { x: Math.max(0, Math.floor((width - size) / 2)), y: Math.max(0, height - size - Math.floor(height / 16)), size };
  const letters = Math.min(Math.max(Math.floor(width / 22), LEAST_SIZE), MOST_SIZE);
  const side = Math.floor(width / 10);
  const nickname: PosterLine = {
    x: side, y: qr.y - letters * 2, width: width - 2 * side, size: letters, colour: '#333333', align: 'center', text: t('poster.defaultText'),
  };
  return { qr, avatar: null, nickname, texts: null };
}

/** What is on the poster, from below to above. */
export function partsOf(layout: PosterLayout): Part[] {
  const parts: Part[] = [];
  const { avatar, nickname, qr } = layout;
  if (avatar?.shown) parts.push({ key: 'avatar', x: avatar.x, y: avatar.y, width: avatar.size, height: avatar.size, line: null });
  (layout.texts ?? []).forEach((line, index) => parts.push(partOf(`text-${index}`, line)));
  if (nickname) parts.push(partOf('nickname', nickname));
  parts.push({ key: 'qr', x: qr.x, y: qr.y, width: qr.size, height: qr.size, line: null });
  return parts;
}

/** The part, wherever it was dragged, wholly on the picture. */
export function moved(layout: PosterLayout, key: PartKey, x: number, y: number, picture: Size): PosterLayout {
  const part = partsOf(layout).find((one) => one.key === key);
  if (!part) return layout;
  return patched(layout, key, { x: within(x, 0, picture.width - part.width), y: within(y, 0, picture.height - part.height) });
}

/** The part as wide as the picture lets it be from where it stands. */
export function resized(layout: PosterLayout, key: PartKey, width: number, picture: Size): PosterLayout {
  const part = partsOf(layout).find((one) => one.key === key);
  if (!part) return layout;
  if (part.line) return patched(layout, key, { width: within(width, LEAST_WIDTH, picture.width - part.x) });
  const room = Math.min(picture.width - part.x, picture.height - part.y);
  return patched(layout, key, { size: within(width, key === 'qr' ? LEAST_QR : LEAST_AVATAR, room) });
}

/** With some of a part's values changed; what it then lacks in room the check will say. */
export function patched(layout: PosterLayout, key: PartKey, change: Partial<PosterLine> & { shown?: boolean }): PosterLayout {
  if (key === 'qr') return { ...layout, qr: { ...layout.qr, ...change } };
  if (key === 'avatar') return layout.avatar ? { ...layout, avatar: { ...layout.avatar, ...change } } : layout;
  if (key === 'nickname') return layout.nickname ? { ...layout, nickname: { ...layout.nickname, ...change } } : layout;
  const at = Number(key.slice('text-'.length));
  return { ...layout, texts: (layout.texts ?? []).map((line, index) => (index === at ? { ...line, ...change } : line)) };
}

export function withAvatar(layout: PosterLayout, shown: boolean, picture: Size): PosterLayout {
  if (layout.avatar) return moved({ ...layout, avatar: { ...layout.avatar, shown } }, 'avatar', layout.avatar.x, layout.avatar.y, picture);
  const size = Math.max(LEAST_AVATAR, Math.floor(picture.width / 7));
  const y = (layout.nickname?.y ?? layout.qr.y) - size - Math.floor(size / 8);
  return { ...layout, avatar: { x: Math.floor((picture.width - size) / 2), y: within(y, 0, picture.height - size), size, shown } };
}

export function withNickname(layout: PosterLayout, shown: boolean, picture: Size): PosterLayout {
  return { ...layout, nickname: shown ? defaultLayout(picture).nickname : null };
}

/** One text more, in the middle, below the one before. */
export function withText(layout: PosterLayout, text: string, picture: Size): PosterLayout {
  const texts = layout.texts ?? [];
  if (texts.length >= MAX_TEXTS) return layout;
  const model = defaultLayout(picture).nickname!;
  const y = Math.floor(picture.height / 2) + texts.length * lineHeight(model.size);
  return { ...layout, texts: [...texts, { ...model, y, colour: layout.nickname?.colour ?? model.colour, text }] };
}

export function withoutText(layout: PosterLayout, at: number): PosterLayout {
  const texts = (layout.texts ?? []).filter((_, index) => index !== at);
  return { ...layout, texts: texts.length ? texts : null };
}

/** Whether every part stands on the picture; texts are checked by the server. */
export function fits(layout: PosterLayout, picture: Size): boolean {
  return partsOf({ ...layout, avatar: layout.avatar && { ...layout.avatar, shown: true } }).every((part) =>
    part.x >= 0 && part.y >= 0 && part.x + part.width <= picture.width && part.y + part.height <= picture.height);
}

/** The line of the API's field name, such as `layout.texts[1]`. */
export function keyOfField(field: string): PartKey | null {
  const text = /^layout\.texts\[(\d+)\]/.exec(field);
  if (text) return `text-${Number(text[1])}`;
  const part = /^layout\.(qr|avatar|nickname)/.exec(field);
  return part ? part[1] as PartKey : null;
}

function partOf(key: PartKey, line: PosterLine): Part {
  return { key, x: line.x, y: line.y, width: line.width, height: lineHeight(line.size), line };
}

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), Math.max(least, most)));
}
