import { describe, expect, it } from 'vitest';
import { optionOf, paletteOf } from './lines';

const look = { dark: false, narrow: false, text: '#000', grid: '#eee', back: '#fff' };

describe('optionOf', () => {
  it('draws a comparison dashed, in the colour of what it is compared with', () => {
    const option = optionOf(['a'], [{ name: 'now', values: [1] }, { name: 'before', values: [2], faint: true }, { name: 'other', values: [3] }], 'line', look);

    expect(option.color).toEqual([paletteOf(false)[0], paletteOf(false)[0], paletteOf(false)[1]]);
    expect(option.series.map((series) => 'lineStyle' in series && series.lineStyle?.type)).toEqual(['solid', 'dashed', 'solid']);
    expect(option.legend.show).toBe(true);
  });

  it('stacks bars', () => {
    const option = optionOf(['a'], [{ name: 'new', values: [1] }, { name: 'returning', values: [2] }], 'bar', { ...look, dark: true });

    expect(option.series.every((series) => 'stack' in series)).toBe(true);
    expect(option.color).toEqual(paletteOf(true).slice(0, 2));
  });
});
