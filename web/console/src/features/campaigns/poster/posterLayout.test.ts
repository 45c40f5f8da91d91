import { describe, expect, it } from 'vitest';
import { defaultLayout, fits, keyOfField, MAX_TEXTS, moved, partsOf, patched, resized, withAvatar, withNickname, withoutText, withText } from './posterLayout';
import { usePosterHistory } from './usePosterHistory';

const picture = { width: 750, height: 1334 };
const layout = defaultLayout(picture);

describe('the layout of a poster', () => {
  it('begins as the server has it, without an avatar', () => {
    expect(layout).toEqual({
      qr: { x: 250, y: 1001, size: 250 }, avatar: null, texts: null,
      nickname: { x: 75, y: 933, width: 600, size: 34, colour: '#333333', align: 'center', text: '{昵称} 邀请你加入' },
    });
    expect(fits(layout, picture)).toBe(true);
  });

  it('keeps what is dragged on the picture', () => {
    expect(moved(layout, 'qr', 9_999, -5, picture).qr).toEqual({ x: 500, y: 0, size: 250 });
    expect(moved(layout, 'nickname', -3.6, 9_999, picture).nickname).toMatchObject({ x: 0, y: 1334 - 50 });
    expect(moved(layout, 'avatar', 1, 1, picture)).toBe(layout);
  });

  it('keeps what is resized on the picture, and large enough', () => {
    expect(resized(layout, 'qr', 10, picture).qr.size).toBe(160);
    expect(resized(layout, 'qr', 900, picture).qr.size).toBe(333);
    expect(resized(layout, 'nickname', 900, picture).nickname?.width).toBe(675);
    expect(resized(withAvatar(layout, true, picture), 'avatar', 1, picture).avatar?.size).toBe(40);
  });

  it('shows and hides its parts, from below to above', () => {
    const full = withText(withText(withAvatar(layout, true, picture), 'a', picture), 'b', picture);
    expect(partsOf(full).map((part) => part.key)).toEqual(['avatar', 'text-0', 'text-1', 'nickname', 'qr']);
    expect(fits(full, picture)).toBe(true);
    expect(partsOf(withNickname(withAvatar(full, false, picture), false, picture)).map((part) => part.key)).toEqual(['text-0', 'text-1', 'qr']);
    expect(withoutText(full, 0).texts?.map((line) => line.text)).toEqual(['b']);
    expect(withoutText(withoutText(full, 0), 0).texts).toBeNull();
    let many = layout;
    for (let times = 0; times < 9; times++) many = withText(many, 'x', picture);
    expect(many.texts).toHaveLength(MAX_TEXTS);
    expect(fits(many, picture)).toBe(true);
    expect(patched(many, 'text-2', { colour: '#ffffff' }).texts?.map((line) => line.colour)).toEqual(['#333333', '#333333', '#ffffff', '#333333', '#333333']);
  });

  it('does not fit every picture', () => {
    expect(fits(layout, { width: 600, height: 1067 })).toBe(false);
    expect(fits({ ...layout, avatar: { x: 700, y: 0, size: 80, shown: false } }, picture)).toBe(false);
  });

  it('knows what a refusal is about', () => {
    expect(['layout.texts[3]', 'layout.qr', 'layout.nickname', 'layout', 'name'].map(keyOfField)).toEqual(['text-3', 'qr', 'nickname', null, null]);
  });
});

describe('the history of a layout', () => {
  it('takes a whole drag back at once', () => {
    const { layout: now, canUndo, change, undo } = usePosterHistory(layout);
    change(moved(now.value, 'qr', 10, 10, picture), 'drag 1');
    change(moved(now.value, 'qr', 20, 20, picture), 'drag 1');
    change(moved(now.value, 'qr', 30, 30, picture), 'drag 2');
    change(moved(now.value, 'qr', 30, 30, picture), 'nothing');
    undo();
    expect(now.value.qr).toMatchObject({ x: 20, y: 20 });
    undo();
    expect(now.value).toEqual(layout);
    expect(canUndo.value).toBe(false);
    undo();
    expect(now.value).toEqual(layout);
  });
});
