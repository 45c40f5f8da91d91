import { describe, expect, it } from 'vitest';
import type { GroupRules } from '@/api/types';
import { filled, GROUP_NAME, isWebAddress, newPost, NEWCOMER, postErrors, toPost, unknownToken } from './posts';
import { keywordsOf, rulesChange, rulesErrors, rulesForm } from './rulesForm';

const none: GroupRules = {
  welcome: { enabled: false, intervalSeconds: 10, messages: [] },
  imageReminder: { enabled: false, intervalSeconds: 10, text: '' },
  keywordKick: { enabled: false, keywords: [] },
  staff: [],
  robots: [],
};

describe('tokens', () => {
  it('are the two there are, to the letter', () => {
    expect(unknownToken(`${NEWCOMER} x ${GROUP_NAME}`, true)).toBeNull();
    expect(unknownToken('{name}', true)).toBe('{name}');
    expect(unknownToken(NEWCOMER.slice(1), true)).toBe(NEWCOMER.slice(1));
    expect(unknownToken(NEWCOMER, false)).toBe(NEWCOMER);
    expect(unknownToken('@\uff5bx\uff5d', true)).toBe('@\uff5bx\uff5d');
    expect(unknownToken('a { b', true)).toBeNull();
  });

  it('are filled in where they stand', () => expect(filled(`${GROUP_NAME}!`, 'Books 2')).toBe('Books 2!'));
});

describe('messages', () => {
  it('send the fields of their kind only', () => {
    const post = { ...newPost('link'), text: 'lost', title: ' a ', url: 'https://example.com' };
    expect(toPost(post)).toEqual({ type: 'link', title: 'a', description: '', url: 'https://example.com' });
    expect(toPost({ ...post, type: 'text' })).toEqual({ type: 'text', text: 'lost' });
  });

  it('say what is missing', () => {
    expect(Object.keys(postErrors(newPost('text'), 'm', true))).toEqual(['m.text']);
    expect(Object.keys(postErrors(newPost('image'), 'm', true))).toEqual(['m.imageId']);
    expect(Object.keys(postErrors(newPost('link'), 'm', true))).toEqual(['m.title', 'm.url']);
  });

  it('link to web pages only', () => {
    expect(['https://example.com/a', 'http://a.cn'].every(isWebAddress)).toBe(true);
    expect(['javascript:alert(1)', 'example.com', 'https://', 'weixin://x'].some(isWebAddress)).toBe(false);
  });
});

describe('rules', () => {
  it('come back as they went', () => expect(rulesChange(rulesForm(none))).toEqual({
    welcome: none.welcome, imageReminder: none.imageReminder, keywordKick: none.keywordKick, staffIds: [],
  }));

  it('need something to say when they are on', () => {
    const form = rulesForm(none);
    expect(rulesErrors(form)).toEqual({});
    form.welcome.enabled = form.imageReminder.enabled = form.keywordKick.enabled = true;
    expect(Object.keys(rulesErrors(form))).toEqual(['welcome.messages', 'imageReminder.text', 'keywordKick.keywords']);
  });

  it('keep to the intervals', () => {
    const form = rulesForm(none);
    form.welcome.intervalSeconds = 3600;
    expect(rulesErrors(form)).toEqual({});
    form.welcome.intervalSeconds = 3601;
    form.imageReminder.intervalSeconds = null;
    expect(Object.keys(rulesErrors(form))).toEqual(['welcome.intervalSeconds', 'imageReminder.intervalSeconds']);
  });

  it('take one keyword a line, each once', () => expect(keywordsOf(' a b \n\nvx\r\nvx\n')).toEqual(['a b', 'vx']));
});
