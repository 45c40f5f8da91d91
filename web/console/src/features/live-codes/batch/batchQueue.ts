import { reactive, watch } from 'vue';
import type { NewSlot, PictureWarning, QrKind, Slot, UploadedImage } from '@/api/types';
import { Problem } from '@/api/problem';
import { t } from '@/shared/i18n';
import { fromWallTime, wallTimeAfter } from '@/shared/time';
import type { Kind } from '../kinds';
import { LIFETIME_DAYS, THRESHOLD } from '../limits';
import type { Prepared } from '../pictures/preparePicture';
import { qrKindOf } from '../pictures/qrKind';
import { MAX_BYTES } from '../pictures/shrinking';
import { rowErrors, slotNameFor, warningsOf, type Errors } from './batchRules';

export type RowState = 'queued' | 'reading' | 'uploading' | 'checked' | 'saving' | 'saved' | 'failed';

/** One picture on its way to becoming a 群二维码. */
export interface BatchRow {
  readonly key: number;
  readonly file: File;
  readonly preview: string;
  state: RowState;
  /** Why it failed, in words for the user. */
  failure: string;
  image: UploadedImage | null;
  /** Texts of the QR codes found, first by the browser, then by the server; null before either has looked. */
  payloads: string[] | null;
  kind: QrKind | null;
  warnings: PictureWarning[];
  reason: string;
  name: string;
  supportWeChatId: string;
  /** As the field holds it: wall time in 北京时间; null: a personal card's QR lasts. */
  expiresAt: string | null;
  threshold: number | null;
  errors: Errors;
}

export interface RowDefaults {
  supportWeChatId: string;
  expiresAt: string | null;
  threshold: number | null;
}

export interface BatchWork {
  prepare: (file: File) => Promise<Prepared | null>;
  upload: (blob: Blob, name: string) => Promise<UploadedImage>;
  add: (slot: NewSlot) => Promise<Slot>;
}

const AT_ONCE = 3;
const ROWS_AT_ONCE = 4;

/** Not yet known what becomes of it. */
export function isUnderWay({ state }: BatchRow): boolean {
  return state === 'queued' || state === 'reading' || state === 'uploading';
}

function arrival(row: BatchRow): Promise<void> {
  if (!isUnderWay(row)) return Promise.resolve();
  return new Promise((done) => {
    const stop = watch(() => row.state, () => {
      if (isUnderWay(row)) return;
      stop();
      done();
    }, { flush: 'sync' });
  });
}

/** 添加群二维码, many at once: pictures are read and sent three at a time; saved in their order; one that fails holds up no other. */
export function createBatch(work: BatchWork, existing: () => number, kind: Kind = 'group') {
  const defaults = reactive<RowDefaults>({ supportWeChatId: '', expiresAt: kind === 'card' ? null : wallTimeAfter(LIFETIME_DAYS), threshold: THRESHOLD.usual });
  const batch = reactive({ rows: [] as BatchRow[], saved: [] as Slot[], saving: false });
  let lastKey = 0;
  let running = 0;

  async function addFiles(files: readonly File[]): Promise<void> {
    for (const [index, file] of files.entries()) {
      // A few rows at a time: fifty of them drawn at once would hold the page up.
      if (index > 0 && index % ROWS_AT_ONCE === 0) await new Promise((done) => setTimeout(done));
      const name = slotNameFor(kind, file.name, existing() + batch.rows.filter((row) => row.state !== 'saved').length + batch.saved.length + 1);
      batch.rows.push({
        key: ++lastKey, file, preview: URL.createObjectURL(file), state: 'queued', failure: '', image: null, payloads: null, kind: null, warnings: [],
        reason: '', name, ...defaults, errors: {},
      });
      pump();
    }
  }

  function pump(): void {
    while (running < AT_ONCE) {
      const row = batch.rows.find(({ state }) => state === 'queued');
      if (!row) return;
      running++;
      row.state = 'reading';
      void send(row).finally(() => {
        running--;
        pump();
      });
    }
  }

  async function send(row: BatchRow): Promise<void> {
    try {
      const prepared = await work.prepare(row.file);
      const blob = prepared?.blob ?? row.file;
      found(row, prepared?.payloads ?? null);
      if (blob.size > MAX_BYTES) throw t('batch.tooLarge');
      row.state = 'uploading';
      row.image = await work.upload(blob, row.file.name || 'picture');
      row.warnings = row.image.warnings;
      found(row, row.image.qr ? [row.image.qr.payload] : row.payloads, row.image.qr?.kind);
      row.state = 'checked';
    } catch (error) {
      fail(row, error);
    }
  }

  function found(row: BatchRow, payloads: string[] | null, kind?: QrKind): void {
    row.payloads = payloads;
    row.kind = kind ?? (payloads?.[0] ? qrKindOf(payloads[0]) : null);
  }

  function fail(row: BatchRow, error: unknown): void {
    row.failure = typeof error === 'string' ? error : Problem.of(error).message;
    row.state = 'failed';
  }

  /** From where it failed: a picture that has arrived is not sent again. */
  async function retry(row: BatchRow): Promise<void> {
    row.failure = '';
    if (row.image) {
      row.state = 'checked';
      await save(row);
    } else {
      row.state = 'queued';
      pump();
    }
  }

  function remove(row: BatchRow): void {
    // Whoever waits for it need not wait any longer.
    if (isUnderWay(row)) row.state = 'failed';
    URL.revokeObjectURL(row.preview);
    batch.rows = batch.rows.filter(({ key }) => key !== row.key);
  }

  function applyToAll(): void {
    for (const row of batch.rows) {
      if (row.state !== 'saved' && row.state !== 'saving') Object.assign(row, defaults);
    }
  }

  /** One after the other, for the order of adding is the order of use; pictures still under way are waited for. */
  async function saveAll(): Promise<number> {
    if (batch.saving) return 0;
    batch.saving = true;
    let done = 0;
    try {
      for (const row of [...batch.rows]) {
        await arrival(row);
        if (row.state === 'checked' || (row.state === 'failed' && row.image)) done += await save(row) ? 1 : 0;
      }
    } finally {
      batch.saving = false;
    }
    return done;
  }

  async function save(row: BatchRow): Promise<boolean> {
    row.errors = rowErrors(row, warningsOf(row, batch), Date.now());
    if (!row.image || Object.keys(row.errors).length > 0) return false;
    row.state = 'saving';
    try {
      const slot = await work.add({
        imageId: row.image.id, name: row.name.trim(), supportWeChatId: row.supportWeChatId.trim() || null, threshold: row.threshold!,
        overrideReason: row.reason.trim() || null,
        ...(row.expiresAt === null ? {} : { expiresAt: fromWallTime(row.expiresAt)! }),
      });
      row.state = 'saved';
      batch.saved.push(slot);
      return true;
    } catch (error) {
      refused(row, Problem.of(error));
      return false;
    }
  }

  function refused(row: BatchRow, problem: Problem): void {
    if (problem.code === 'slot.picture-doubtful' && problem.warnings.length > 0) {
      // Something has changed since the picture was looked at: say it, and ask for the reason.
      row.warnings = problem.warnings;
      row.errors = { reason: t('batch.reasonMissing') };
      row.state = 'checked';
    } else if (problem.atFields) {
      row.errors = problem.errors;
      row.state = 'checked';
    } else {
      fail(row, problem);
    }
  }

  function clearSaved(): void {
    for (const row of batch.rows.filter(({ state }) => state === 'saved')) remove(row);
  }

  function dispose(): void {
    for (const row of batch.rows) URL.revokeObjectURL(row.preview);
    batch.rows = [];
  }

  return { batch, defaults, addFiles, retry, remove, applyToAll, saveAll, clearSaved, dispose };
}
