import { describe, expect, it } from 'vitest';
import { wordsOf, type CodePreview } from './codePreview';

function words(change: Partial<CodePreview>): string {
  return wordsOf({ state: 'qr', slotId: 's', slotName: '一群', handedOverTo: null, reason: 'first-usable', ...change });
}

describe('wordsOf', () => {
  it.each<[Partial<CodePreview>, string]>([
    [{}, '「一群」的二维码'],
    [{ reason: 'next-round' }, '新的一轮，从「一群」的二维码开始'],
    [{ state: 'welcome' }, '欢迎页，点击入群后看到「一群」'],
    [{ state: 'welcome', slotName: null }, '欢迎页'],
    [{ state: 'off-duty', slotName: null, reason: 'closed' }, '店小二已下班（活码已关闭）'],
    [{ state: 'off-duty', slotName: null, reason: 'all-full' }, '店小二已下班（二维码都满了）'],
    [{ state: 'off-duty', slotName: null, reason: 'something-newer' }, '店小二已下班'],
  ])('tells %j', (change, expected) => expect(words(change)).toBe(expected));
});
