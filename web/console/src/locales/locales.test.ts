import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import english from './en';
import chinese from './zh-CN';

function keysOf(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : keysOf(value as object, `${before}${key}.`)));
}

function textOf(texts: object, key: string): string {
  return key.split('.').reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], texts) as string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(vue|ts)$/.test(file) && !/\.test\.ts$|locales|\.d\.ts$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

const keys = keysOf(chinese);

describe('locales', () => {
  it('say the same things', () => {
    expect(keysOf(english).sort()).toEqual([...keys].sort());
  });

  it('keep to a part of their own: a second file with the same one would hide the first', () => {
    const parts = readdirSync('src/locales/zh-CN').flatMap((file) => [...readFileSync(join('src/locales/zh-CN', file), 'utf8').matchAll(/^ {2}(\w+): \{/gm)].map(([, part]) => part!));
    expect(parts.length).toBeGreaterThan(20);
    expect(parts.filter((part, at) => parts.indexOf(part) !== at)).toEqual([]);
  });

  it('take the same figures in every text', () => {
    const figures = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
    expect(keys.filter((key) => figures(textOf(english, key)) !== figures(textOf(chinese, key)))).toEqual([]);
  });

  it('have every text the sources ask for', () => {
    const asked = sources('src').flatMap((source) => [...source.matchAll(/\b(?:t\(|tk\([\w.?' ]+,)\s*'([\w.-]+)'/g)].map(([, key]) => key!));
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('say nothing of 名片码 in place of a text that is not there', () => {
    const special = keys.filter((key) => key.startsWith('card.')).map((key) => key.slice('card.'.length));
    expect(special.length).toBeGreaterThan(50);
    expect(special.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('stand in the locale files and nowhere else', () => {
    const stray = sources('src').flatMap((source) => source.split('\n'))
      .map((line) => line.replace(/\/\/.*|\/\*.*|<!--.*|^\s*\*.*/, ''))
      .filter((line) => /[\u4e00-\u9fff]/.test(line));
    expect(stray.filter((line) => !line.includes('中文') && !line.includes('MEANINGLESS'))).toEqual([]);
  });
});
