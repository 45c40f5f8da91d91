import type { Data } from './messages.js';
import { Failure, isObject } from './messages.js';

/** Reads the data of commands; says BAD_REQUEST with the field's name when it is not what the protocol asks for. */
export type Part =
  | { type: 'text'; text: string; mentionIds: string[] }
  | { type: 'image'; url: string; name: string }
  | { type: 'image'; base64: string; name: string }
  | { type: 'link'; title: string; description: string; url: string; thumbUrl: string | null };

const bad = (message: string): never => { throw new Failure('BAD_REQUEST', message); };

export function text(data: Data, field: string, longest: number, shortest = 1): string {
  const value = data[field];
  if (typeof value !== 'string') return bad(`${field} must be a text`);
  const length = [...value].length;
  return length >= shortest && length <= longest ? value : bad(`${field} must have ${shortest} to ${longest} characters`);
}

const optional = (data: Data, field: string, longest: number): string | null =>
  data[field] === undefined || data[field] === null ? null : text(data, field, longest, 0);

function list(data: Data, field: string, fewest: number, most: number): unknown[] {
  const value = data[field];
  return Array.isArray(value) && value.length >= fewest && value.length <= most ? value : bad(`${field} must be a list of ${fewest} to ${most}`);
}

export function ids(data: Data, field: string, fewest: number, most = 100): string[] {
  return list(data, field, fewest, most).map(value => text({ [field]: value }, field, 128));
}

export const roomId = (data: Data): string => text(data, 'roomId', 128);

export const parts = (data: Data): Part[] => list(data, 'parts', 1, 10).map(value => isObject(value) ? part(value) : bad('a part must be an object'));

function part(data: Data): Part {
  switch (data['type']) {
    case 'text':
      return { type: 'text', text: text(data, 'text', 2000), mentionIds: data['mentionIds'] === undefined ? [] : ids(data, 'mentionIds', 0) };
    case 'image':
      return image(data);
    case 'link':
      return {
        type: 'link', title: text(data, 'title', 200), description: optional(data, 'description', 500) ?? '',
        url: address(data, 'url'), thumbUrl: optional(data, 'thumbUrl', 2048),
      };
    default:
      return bad('a part is text, image or link');
  }
}

function image(data: Data): Part {
  const name = optional(data, 'name', 128) ?? '';
  const [url, base64] = [optional(data, 'url', 2048), data['base64'] ?? null];
  if ((url === null) === (base64 === null)) return bad('an image has url or base64');
  if (url !== null) return { type: 'image', url: address(data, 'url'), name };
  return typeof base64 === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? { type: 'image', base64, name } : bad('base64 is none');
}

function address(data: Data, field: string): string {
  const value = text(data, field, 2048);
  return /^https?:\/\//.test(value) && URL.canParse(value) ? value : bad(`${field} must be an http or https address`);
}
