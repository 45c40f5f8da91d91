import { t } from '@/shared/i18n';
import { MOST_AT_ONCE, NAME_MAX, REMARK_MAX } from '../limits';

/** A channel that is being written; the key stays with it when others go. */
export interface ChannelRow {
  key: number;
  name: string;
  remark: string;
}

export type RowErrors = Record<number, { name?: string; remark?: string }>;

let lastKey = 0;

export function newRow(name = '', remark = ''): ChannelRow {
  return { key: ++lastKey, name, remark };
}

/** Lines of a list, or of two columns of a sheet: name, then remark. Lines without a name say nothing. */
export function namesOf(text: string): { name: string; remark: string }[] {
  return text.split(/\r\n|\r|\n/)
    .map((line) => line.split('\t'))
    .map(([name = '', ...more]) => ({ name: name.trim(), remark: more.join(' ').trim() }))
    .filter(({ name }) => name !== '');
}

/** Rows in which something stands: what is left blank is not meant. */
export function written(rows: readonly ChannelRow[]): ChannelRow[] {
  return rows.filter(({ name, remark }) => name.trim() !== '' || remark.trim() !== '');
}

/** The rows with what was pasted: in place of the blank row at `at`, or at the end. `left` did not fit. */
export function withPasted(rows: readonly ChannelRow[], text: string, at?: ChannelRow): { rows: ChannelRow[]; left: number } {
  const pasted = namesOf(text).map(({ name, remark }) => newRow(name, remark));
  const kept = at ? [...rows] : written(rows);
  const place = at ? kept.findIndex(({ key }) => key === at.key) : -1;
  const replaces = place >= 0 && written([kept[place]!]).length === 0;
  const fitting = pasted.slice(0, Math.max(0, MOST_AT_ONCE - kept.length + (replaces ? 1 : 0)));
  if (fitting.length > 0) kept.splice(place >= 0 ? place + (replaces ? 0 : 1) : kept.length, replaces ? 1 : 0, ...fitting);
  return { rows: kept.length > 0 ? kept : [newRow()], left: pasted.length - fitting.length };
}

/** What is wrong with the rows that would be sent, by their key. */
export function errorsOf(rows: readonly ChannelRow[]): RowErrors {
  const errors: RowErrors = {};
  const first = new Map<string, number>();
  rows.forEach(({ key, name, remark }, index) => {
    const trimmed = name.trim();
    const twin = first.get(trimmed);
    if (trimmed === '') put(errors, key, 'name', t('newChannels.nameMissing'));
    else if (Array.from(trimmed).length > NAME_MAX) put(errors, key, 'name', t('common.tooLong', { most: NAME_MAX }));
    else if (twin !== undefined) put(errors, key, 'name', t('newChannels.twin', { n: twin }));
    else first.set(trimmed, index + 1);
    if (Array.from(remark.trim()).length > REMARK_MAX) put(errors, key, 'remark', t('common.tooLong', { most: REMARK_MAX }));
  });
  return errors;
}

/** The server's errors are by the position in what was sent: `[2].name`. */
export function errorsFrom(errors: Record<string, string>, sent: readonly ChannelRow[]): RowErrors {
  const byKey: RowErrors = {};
  for (const [path, message] of Object.entries(errors)) {
    const [, index, field] = /^\[(\d+)\]\.(name|remark)$/.exec(path) ?? [];
    const row = sent[Number(index)];
    if (row && (field === 'name' || field === 'remark')) put(byKey, row.key, field, message);
  }
  return byKey;
}

function put(errors: RowErrors, key: number, field: 'name' | 'remark', message: string): void {
  errors[key] = { ...errors[key], [field]: message };
}
