import type { Post, PostInput, PostKind } from '@/api/types';
import { t } from '@/shared/i18n';

/** 关键字 the server fills in when it sends; the words are those of the API, whatever language the console speaks. */
export const NEWCOMER = '@{\u7fa4\u65b0\u4eba}';
export const GROUP_NAME = '{\u7fa4\u540d\u5b57}';

export const POST = { textMax: 500, titleMax: 64, descriptionMax: 120, urlMax: 2000, announcementMax: 1000 };

/** A message as it is edited: the fields of every kind are kept, so that trying another kind loses nothing. */
export interface PostForm {
  key: number;
  type: PostKind;
  text: string;
  imageId: string | null;
  imageUrl: string | null;
  title: string;
  description: string;
  url: string;
}

let lastKey = 0;

export function newPost(type: PostKind = 'text'): PostForm {
  return { key: ++lastKey, type, text: '', imageId: null, imageUrl: null, title: '', description: '', url: '' };
}

export function postForm(post: Post): PostForm {
  const { type, text, imageId, imageUrl, title, description, url } = post;
  return { key: ++lastKey, type, text: text ?? '', imageId, imageUrl, title: title ?? '', description: description ?? '', url: url ?? '' };
}

export function toPost({ type, text, imageId, title, description, url }: PostForm): PostInput {
  if (type === 'image') return { type, imageId };
  if (type === 'link') return { type, title: title.trim(), description: description.trim(), url: url.trim() };
  return { type, text: text.trim() };
}

/** The first token nobody knows, or null; as the server looks for them. */
export function unknownToken(text: string, greets: boolean): string | null {
  const tokens = text.match(/@?[{\uff5b][^{}\uff5b\uff5d\r\n]*[}\uff5d]/g) ?? [];
  return tokens.find((token) => token !== GROUP_NAME && !(greets && token === NEWCOMER)) ?? null;
}

export function textError(text: string, max: number, greets: boolean): string | null {
  if (text.trim() === '') return t('rules.textMissing');
  if ([...text.trim()].length > max) return t('rules.textTooLong', { n: max });
  const token = unknownToken(text, greets);
  return token === null ? null : t(greets ? 'rules.unknownToken' : 'rules.unknownTokenName', { token });
}

/** What is wrong with a message, by the fields of the API below `at`. */
export function postErrors(post: PostForm, at: string, greets: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  if (post.type === 'text') {
    const error = textError(post.text, POST.textMax, greets);
    if (error) errors[`${at}.text`] = error;
  } else if (post.type === 'image') {
    if (!post.imageId) errors[`${at}.imageId`] = t('rules.pictureMissing');
  } else {
    if (post.title.trim() === '') errors[`${at}.title`] = t('rules.titleMissing');
    if (!isWebAddress(post.url.trim())) errors[`${at}.url`] = t('rules.urlWrong');
  }
  return errors;
}

export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^/\s]+/i.test(text) || text.length > POST.urlMax) return false;
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** How a text will read in a group. */
export function filled(text: string, groupName: string): string {
  return text.replaceAll(NEWCOMER, t('rules.sampleMention')).replaceAll(GROUP_NAME, groupName);
}
