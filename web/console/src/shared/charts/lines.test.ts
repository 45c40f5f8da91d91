import { describe, expect, it } from 'vitest';
import { optionOf, paletteOf, rowsOfLegend, shortened } from './lines';

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

describe('the legend of a phone', () => {
  it('takes as many rows as it needs, and is turned page by page when they are many', () => {
    const devices = ['iOS 32.7%', '安卓 24.3%', '企业微信 10.3%', '其他设备 32.7%'];

    expect(rowsOfLegend(devices, true)).toBe(2);
    expect(rowsOfLegend(devices, false)).toBe(1);
    expect(rowsOfLegend(Array.from({ length: 10 }, () => '朋友圈第二批海报'), true)).toBe(1);
    const option = optionOf(['a'], devices.map((name) => ({ name, values: [1] })), 'bar', { ...look, narrow: true });
    expect([option.legend.type, option.grid.top]).toEqual(['plain', 68]);
  });

  it('cuts long names where it says so', () => {
    expect(shortened('地铁二号线人民广场站', 60)).toBe('地铁二号线…');
    expect(shortened('海报', 60)).toBe('海报');
  });
});
