/// <reference lib="webworker" />
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { MAX_BYTES, needsShrinking, shrinkAttempts } from './shrinking';
import type { Prepared } from './preparePicture';

// Off the page's thread: a 12-megapixel photo takes a while to read, and the page must stay responsive.
prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) } });

self.onmessage = async ({ data: { id, file } }: MessageEvent<{ id: number; file: File }>) => {
  try {
    self.postMessage({ id, prepared: await prepare(file) });
  } catch (error) {
    self.postMessage({ id, failure: String(error) });
  }
};

async function prepare(file: File): Promise<Prepared> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const blob = needsShrinking(bitmap, file.size, file.type) ? await shrink(bitmap) : file;
  const payloads = await readPayloads(bitmap);
  bitmap.close();
  return { blob, width, height, payloads };
}

async function shrink(bitmap: ImageBitmap): Promise<Blob> {
  let smallest: Blob | null = null;
  for (const { width, height, quality } of shrinkAttempts(bitmap)) {
    smallest = await draw(bitmap, width, height).convertToBlob({ type: 'image/jpeg', quality });
    if (smallest.size <= MAX_BYTES) break;
  }
  return smallest!;
}

async function readPayloads(bitmap: ImageBitmap): Promise<string[] | null> {
  try {
    const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
    const canvas = draw(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pixels, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 });
    return [...new Set(found.map((code) => code.text))];
  } catch {
    // No WebAssembly, or it could not be fetched: the server reads the picture anyway.
    return null;
  }
}

function draw(bitmap: ImageBitmap, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  // JPEG has no transparency; what was see-through becomes white, as WeChat shows it.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
