import { expect, it } from 'vitest';
import { colourOn } from './contrast';

it('writes white on dark and dark on light', () => {
  expect(colourOn([10, 20, 200, 255, 40, 40, 40, 255])).toBe('#FFFFFF');
  expect(colourOn([250, 240, 90, 255, 200, 200, 200, 255])).toBe('#333333');
});
