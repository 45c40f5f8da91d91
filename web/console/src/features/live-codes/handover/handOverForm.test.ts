import { describe, expect, it } from 'vitest';
import type { LiveCode } from '@/api/types';
import { emptyHandOver, handOverErrors, handOverInWords, handOverOf, toHandOver, type HandOverForm } from './handOverForm';

const chosen = { enabled: true, targetId: 'a', targetNumber: '202611221200001234567', targetName: '客服' };

function form(change: Partial<HandOverForm> = {}): HandOverForm {
  return { ...emptyHandOver('group'), ...chosen, ...change };
}

function code(kind: LiveCode['kind'], handOver: Partial<LiveCode['handOver']> = {}): LiveCode {
  const when = kind === 'group' ? 'immediately' : 'after-presses';
  const off = { enabled: false, targetId: null, targetNumber: null, targetName: null, when, afterPresses: null };
  return { kind, handOver: { ...off, ...handOver } } as LiveCode;
}

describe('handOverOf', () => {
  it('proposes what is recommended where nothing was chosen yet', () => expect(handOverOf(code('group')).when).toBe('exhausted'));
  it('leaves a card code no choice', () => expect(handOverOf(code('card')).when).toBe('after-presses'));
  it('shows what was chosen, on or off', () => {
    expect(handOverOf(code('group', { ...chosen, when: 'immediately' }))).toMatchObject({ ...chosen, when: 'immediately' });
    expect(handOverOf(code('group', { ...chosen, enabled: false, when: 'immediately' }))).toMatchObject({ enabled: false, when: 'immediately' });
  });
});

describe('toHandOver', () => {
  it('sends the switch alone when it is off, so that a target that is gone is no obstacle', () => {
    expect(toHandOver(form({ enabled: false }))).toEqual({ enabled: false });
  });
  it('sends a number of presses only where it counts', () => {
    expect(toHandOver(form())).toEqual({ enabled: true, targetNumber: chosen.targetNumber, when: 'exhausted' });
    expect(toHandOver(form({ when: 'after-presses', afterPresses: 7 }))).toMatchObject({ when: 'after-presses', afterPresses: 7 });
  });
});

describe('handOverErrors', () => {
  it('asks for nothing while the switch is off', () => expect(handOverErrors('group', emptyHandOver('group'))).toEqual({}));
  it('asks for the target, by its kind', () => {
    const none = { targetId: null, targetNumber: null, targetName: null };
    expect(handOverErrors('group', form(none))).toEqual({ 'handOver.targetNumber': '请选择要切换到的名片码' });
    expect(handOverErrors('card', form(none))).toEqual({ 'handOver.targetNumber': '请选择要切换到的群活码' });
  });
  it.each([
    [1, true], [10_000_000, true], [0, false], [-3, false], [1.5, false], [10_000_001, false], [null, false],
  ])('takes %s presses: %s', (afterPresses, fine) => {
    expect(Object.keys(handOverErrors('card', form({ when: 'after-presses', afterPresses })))).toEqual(fine ? [] : ['handOver.afterPresses']);
    expect(handOverErrors('group', form({ when: 'exhausted', afterPresses }))).toEqual({});
  });
});

describe('handOverInWords', () => {
  it('tells when and whereto', () => {
    expect(handOverInWords(form({ enabled: false }))).toBe('关闭');
    expect(handOverInWords(form({ when: 'after-presses', afterPresses: 30 }))).toBe('累计长按达 30 次后切换到「客服」');
  });
});
