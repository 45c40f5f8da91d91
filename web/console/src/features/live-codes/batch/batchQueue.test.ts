import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { NewSlot, Slot, UploadedImage } from '@/api/types';
import { Problem } from '@/api/problem';
import { createBatch, type BatchWork } from './batchQueue';

function picture(name: string): File {
  return new File(['x'], name, { type: 'image/jpeg' });
}

function uploaded(name: string, codes: string[] = []): UploadedImage {
  return {
    id: `image-${name}`, url: `/m/${name}`, width: 1, height: 1, qr: { payload: `https://weixin.qq.com/g/${name}`, kind: 'group' },
    warnings: codes.map((code) => ({ code, message: code })),
  };
}

function work<Change extends Partial<BatchWork>>(change: Change = {} as Change) {
  return {
    prepare: vi.fn<BatchWork['prepare']>(async (file) => ({ blob: file, width: 1, height: 1, payloads: null })),
    upload: vi.fn<BatchWork['upload']>(async (_, name) => uploaded(name)),
    add: vi.fn<BatchWork['add']>(async (slot) => ({ id: slot.name }) as Slot),
    ...change,
  };
}

async function checked(batch: ReturnType<typeof createBatch>): Promise<void> {
  await vi.waitFor(() => expect(batch.batch.rows.every(({ state }) => state === 'checked' || state === 'failed')).toBe(true));
}

describe('a batch', () => {
  it('sends at most three pictures at once', async () => {
    let now = 0;
    let most = 0;
    const upload = vi.fn(async (_: Blob, name: string) => {
      most = Math.max(most, ++now);
      await nextTick();
      now--;
      return uploaded(name);
    });
    const batch = createBatch(work({ upload }), () => 0);
    await batch.addFiles(Array.from({ length: 10 }, (_, index) => picture(`群-${index}.jpg`)));
    await checked(batch);
    expect(upload).toHaveBeenCalledTimes(10);
    expect(most).toBe(3);
  });

  it('saves in the order of adding', async () => {
    const tools = work();
    const batch = createBatch(tools, () => 0);
    await batch.addFiles([picture('甲群.jpg'), picture('乙群.jpg'), picture('丙群.jpg')]);
    await checked(batch);
    expect(await batch.saveAll()).toBe(3);
    expect(tools.add.mock.calls.map(([slot]) => slot.name)).toEqual(['甲群', '乙群', '丙群']);
  });

  it('waits for the pictures still under way when saving', async () => {
    const tools = work();
    const batch = createBatch(tools, () => 0);
    await batch.addFiles([picture('甲群.jpg'), picture('乙群.jpg'), picture('丙群.jpg'), picture('丁群.jpg')]);
    expect(await batch.saveAll()).toBe(4);
    expect(batch.batch.saved).toHaveLength(4);
  });

  it('does not wait for a picture that was taken out', async () => {
    const batch = createBatch(work({ upload: () => new Promise(() => undefined) }), () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    const saving = batch.saveAll();
    batch.remove(batch.batch.rows[0]!);
    expect(await saving).toBe(0);
  });

  it('keeps the good ones when one in the middle fails, and saves that one on a second try', async () => {
    let broken = true;
    const add = vi.fn(async (slot: NewSlot) => {
      if (slot.name === '乙群' && broken) throw Problem.network();
      return { id: slot.name } as Slot;
    });
    const tools = work({ add });
    const batch = createBatch(tools, () => 0);
    await batch.addFiles([picture('甲群.jpg'), picture('乙群.jpg'), picture('丙群.jpg')]);
    await checked(batch);
    expect(await batch.saveAll()).toBe(2);
    expect(batch.batch.rows.map(({ state }) => state)).toEqual(['saved', 'failed', 'saved']);

    broken = false;
    await batch.retry(batch.batch.rows[1]!);
    expect(batch.batch.rows[1]!.state).toBe('saved');
    expect(tools.upload).toHaveBeenCalledTimes(3);
  });

  it('sends a picture again whose sending failed', async () => {
    const upload = vi.fn(async (_: Blob, name: string) => uploaded(name)).mockRejectedValueOnce(Problem.network());
    const batch = createBatch(work({ upload }), () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    await checked(batch);
    expect(batch.batch.rows[0]!.state).toBe('failed');
    await batch.retry(batch.batch.rows[0]!);
    await checked(batch);
    expect(batch.batch.rows[0]!.state).toBe('checked');
  });

  it('does not save a doubtful picture without a reason, and sends the reason along', async () => {
    const tools = work({ upload: vi.fn(async (_: Blob, name: string) => uploaded(name, ['picture.no-qr'])) });
    const batch = createBatch(tools, () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    await checked(batch);
    expect(await batch.saveAll()).toBe(0);
    expect(batch.batch.rows[0]!.errors).toHaveProperty('reason');

    batch.batch.rows[0]!.reason = '手机扫过';
    expect(await batch.saveAll()).toBe(1);
    expect(tools.add).toHaveBeenCalledWith(expect.objectContaining({ overrideReason: '手机扫过' }));
  });

  it('shows the doubts the server has only when saving', async () => {
    const doubtful = new Problem(409, { code: 'slot.picture-doubtful', warnings: [{ code: 'picture.already-used', message: '用过了' }] });
    const batch = createBatch(work({ add: vi.fn().mockRejectedValueOnce(doubtful) }), () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    await checked(batch);
    await batch.saveAll();
    expect(batch.batch.rows[0]).toMatchObject({ state: 'checked', warnings: [{ message: '用过了' }] });
  });

  it('numbers pictures without a telling name after those the code has', async () => {
    const batch = createBatch(work(), () => 4);
    await batch.addFiles([picture('IMG_1.jpg'), picture('IMG_2.jpg')]);
    expect(batch.batch.rows.map(({ name }) => name)).toEqual(['群5', '群6']);
  });

  it('refuses by itself what is too large even when shrunk', async () => {
    const tools = work({ prepare: vi.fn(async () => ({ blob: new Blob([new Uint8Array(2 * 1024 * 1024 + 1)]), width: 1, height: 1, payloads: null })) });
    const batch = createBatch(tools, () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    await checked(batch);
    expect(batch.batch.rows[0]!.failure).toContain('图片大小不超过2MB');
    expect(tools.upload).not.toHaveBeenCalled();
  });

  it('sets the common values for all that are not saved yet', async () => {
    const batch = createBatch(work(), () => 0);
    await batch.addFiles([picture('甲群.jpg')]);
    await checked(batch);
    batch.defaults.threshold = 180;
    batch.defaults.supportWeChatId = 'kefu';
    batch.applyToAll();
    expect(batch.batch.rows[0]).toMatchObject({ threshold: 180, supportWeChatId: 'kefu', name: '甲群' });
  });
});
