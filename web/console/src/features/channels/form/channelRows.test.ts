import { describe, expect, it } from 'vitest';
import { MOST_AT_ONCE } from '../limits';
import { errorsFrom, errorsOf, namesOf, newRow, withPasted, written } from './channelRows';

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('pasted names', () => {
  it('are one a line, with a remark from the second column', () => {
    expect(namesOf(' 公众号 \r\n\n朋友圈\t11 月\n\t没有名称\n')).toEqual([{ name: '公众号', remark: '' }, { name: '朋友圈', remark: '11 月' }]);
  });

  it('take the place of a blank row, and follow a written one', () => {
    const [first, blank, last] = [newRow('甲'), newRow(), newRow('乙')];
    expect(names(withPasted([first, blank, last], 'A\nB', blank).rows)).toEqual(['甲', 'A', 'B', '乙']);
    expect(names(withPasted([first, last], 'A\nB', first).rows)).toEqual(['甲', 'A', 'B', '乙']);
  });

  it('go to the end without the blank rows, when no place is told', () => {
    expect(names(withPasted([newRow('甲'), newRow(), newRow()], 'A').rows)).toEqual(['甲', 'A']);
  });

  it('stop at the most that can be sent, and tell how many are left', () => {
    const lines = Array.from({ length: MOST_AT_ONCE }, (_, index) => `渠道${index}`).join('\n');
    const { rows, left } = withPasted([newRow('甲'), newRow('乙')], lines);
    expect(rows).toHaveLength(MOST_AT_ONCE);
    expect(left).toBe(2);
    expect(withPasted(rows, '多', rows[0])).toEqual({ rows, left: 1 });
  });

  it('leave a row to write in when nothing was pasted', () => {
    expect(withPasted([newRow()], ' \n ').rows).toHaveLength(1);
  });
});

describe('rows', () => {
  it('count only when something stands in them', () => {
    expect(written([newRow(), newRow(' '), newRow('', '备注'), newRow('甲')])).toHaveLength(2);
  });

  it('need a name of their own, short enough', () => {
    const rows = [newRow('甲'), newRow('', '备注'), newRow('长'.repeat(31), '长'.repeat(51)), newRow(' 甲 '), newRow('📚'.repeat(30))];
    const errors = errorsOf(rows);
    expect(rows.map(({ key }) => Object.keys(errors[key] ?? {}))).toEqual([[], ['name'], ['name', 'remark'], ['name'], []]);
    expect(errors[rows[3]!.key]!.name).toContain('1');
  });

  it('get the errors of the server by their position in what was sent', () => {
    const sent = [newRow('甲'), newRow('乙')];
    expect(errorsFrom({ '[1].name': '重名', '[7].name': '?', channels: '?' }, sent)).toEqual({ [sent[1]!.key]: { name: '重名' } });
  });
});
