/** A picture as it will be sent, and what the browser itself could read in it. */
export interface Prepared {
  blob: Blob;
  width: number;
  height: number;
  /** Texts of the QR codes in it; null when the browser could not look. */
  payloads: string[] | null;
}

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (answer: Prepared | null) => void>();

/** Shrinks a picture that is too large and reads its QR; null when this browser can not even open it (then the server decides). */
export function preparePicture(file: File): Promise<Prepared | null> {
  if (typeof OffscreenCanvas === 'undefined' || typeof Worker === 'undefined') return Promise.resolve(null);
  worker ??= startWorker();
  const id = ++lastId;
  return new Promise((done) => {
    waiting.set(id, done);
    worker!.postMessage({ id, file });
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./pictureWorker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data }: MessageEvent<{ id: number; prepared?: Prepared }>) => settle(data.id, data.prepared ?? null);
  // A worker that can not start answers nobody: give up on it and let the server look at the pictures.
  started.onerror = () => {
    worker = null;
    for (const id of [...waiting.keys()]) settle(id, null);
  };
  return started;
}

function settle(id: number, answer: Prepared | null): void {
  waiting.get(id)?.(answer);
  waiting.delete(id);
}
