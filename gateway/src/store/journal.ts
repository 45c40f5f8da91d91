import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * An append-only file of JSON lines. What `append` has answered is on the disk; what is appended while the disk is busy goes with the
 * next write, all with one fsync. A line torn by a crash is cut off at the next start: nobody was told that it is there.
 */
export class Journal<T> {
  private waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private writing: Promise<void> | null = null;
  private broken: unknown = null;
  private compactAt = 1 << 20;

  private constructor(private readonly path: string, private file: FileHandle, private bytes: number, private readonly live: () => T[]) {}

  /** Opens or makes the file; `read` gets every line in order, `live` says what is worth keeping when the file is written anew. */
  static async open<T>(path: string, read: (record: T) => void, live: () => T[]): Promise<Journal<T>> {
    const { lines, intact } = whole<T>(await readFile(path).catch(absent), path);
    lines.forEach(read);
    const file = await open(path, 'a', 0o600);
    await file.truncate(intact);
    await file.sync();
    await syncFolder(path);
    return new Journal(path, file, intact, live);
  }

  append(record: T): Promise<void> {
    if (this.broken !== null) return Promise.reject(this.broken as Error);
    const written = new Promise<void>((resolve, reject) => {
      this.waiting.push({ line: `${JSON.stringify(record)}\n`, resolve, reject });
    });
    this.writing ??= this.write().finally(() => { this.writing = null; });
    return written;
  }

  async close(): Promise<void> {
    while (this.writing !== null) await this.writing;
    await this.file.close();
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        const text = Buffer.from(batch.map(({ line }) => line).join(''));
        await this.file.writeFile(text);
        await this.file.datasync();
        this.bytes += text.length;
        batch.forEach(({ resolve }) => resolve());
        if (this.waiting.length === 0 && this.bytes > this.compactAt) await this.compact();
      } catch (error) {
        // What is in the file now is unknown; only a start that reads it again knows.
        this.broken = error;
        [...batch, ...this.waiting.splice(0)].forEach(({ reject }) => reject(error));
      }
    }
  }

  // The new file is complete and on the disk before it takes the old one's name.
  private async compact(): Promise<void> {
    // Before the first await: what is appended from now on comes after this.
    const text = Buffer.from(this.live().map(record => `${JSON.stringify(record)}\n`).join(''));
    const fresh = await open(`${this.path}.new`, 'w', 0o600);
    await fresh.writeFile(text);
    await fresh.sync();
    await fresh.close();
    await rename(`${this.path}.new`, this.path);
    await syncFolder(this.path);
    await this.file.close();
    this.file = await open(this.path, 'a', 0o600);
    this.bytes = text.length;
    this.compactAt = Math.max(1 << 20, 4 * text.length);
  }
}

const absent = (error: NodeJS.ErrnoException): Buffer => {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
};

function whole<T>(content: Buffer, path: string): { lines: T[]; intact: number } {
  const lines: T[] = [];
  let intact = 0;
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(10, start);
    const record = end < 0 ? null : parsed<T>(content.toString('utf8', start, end));
    if (record === null) {
      if (end >= 0 && content.indexOf(10, end + 1) >= 0) throw new Error(`${path} is damaged in line ${lines.length + 1}`);
      break;
    }
    lines.push(record);
    start = intact = end + 1;
  }
  return { lines, intact };
}

function parsed<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
}

// The name of a new file is as durable as its folder.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}
