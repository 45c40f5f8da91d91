import { FileBox, type FileBoxInterface } from 'file-box';
import { Failure } from '../protocol/messages.js';
import { messageOf } from '../log.js';

const largest = 5 * 1024 * 1024;
const patience = 15_000;

const kinds: [string, (bytes: Buffer) => boolean][] = [
  ['png', bytes => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ['jpg', bytes => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['gif', bytes => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))],
  ['webp', bytes => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'],
];

/** Pictures come from our own server or inside the message; a command can not make the gateway open anything else. */
export class PictureGate {
  private readonly origin: string;

  /** The server's address, wss or (on loopback) ws. */
  constructor(server: string) {
    this.origin = server.replace(/^ws/, 'http');
  }

  /** For what the platform fetches itself. */
  checkAddress(url: string): void {
    if (!URL.canParse(url) || new URL(url).origin !== this.origin || new URL(url).username !== '') {
      throw new Failure('BAD_REQUEST', 'pictures are taken from the server only');
    }
  }

  async fetched(url: string, name: string): Promise<FileBoxInterface> {
    this.checkAddress(url);
    return this.checked(await this.download(url), name);
  }

  decoded(base64: string, name: string): FileBoxInterface {
    return this.checked(Buffer.from(base64, 'base64'), name);
  }

  private checked(bytes: Buffer, name: string): FileBoxInterface {
    if (bytes.length > largest) throw new Failure('BAD_REQUEST', 'a picture has at most 5 MB');
    const kind = kinds.find(([, fits]) => fits(bytes))?.[0];
    if (kind === undefined) throw new Failure('BAD_REQUEST', 'a picture is PNG, JPEG, GIF or WebP');
    // Puppets go by the ending. FileBox.fromBuffer can not be sent to a puppet in another process.
    const stem = name.replace(/\.[A-Za-z0-9]*$/, '').replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 60);
    return FileBox.fromBase64(bytes.toString('base64'), `${stem === '' ? 'picture' : stem}.${kind}`);
  }

  private async download(url: string): Promise<Buffer> {
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience), headers: { accept: 'image/*' } });
      if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        size += piece.length;
        if (size > largest) throw new Error('over 5 MB');
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    } catch (error) {
      throw new Failure('BAD_REQUEST', `the picture could not be fetched: ${messageOf(error)}`);
    }
  }
}
