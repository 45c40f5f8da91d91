/** What the server takes for a group's QR, and how far a photo is shrunk before it is sent. */
export const MAX_BYTES = 2 * 1024 * 1024;
export const MAX_SIDE = 2400;
/** What every server can decode; anything else the browser can read (HEIC on a Mac, say) is sent as JPEG. */
const SENT_AS_IS = ['image/jpeg', 'image/png'];

export interface Size {
  width: number;
  height: number;
}

export interface Attempt extends Size {
  quality: number;
}

export function needsShrinking(size: Size, bytes: number, type: string): boolean {
  return bytes > MAX_BYTES || Math.max(size.width, size.height) > MAX_SIDE || !SENT_AS_IS.includes(type);
}

/** Sizes and qualities to try in turn until the result fits: first less quality, then fewer pixels, since a QR needs its edges. */
export function shrinkAttempts(size: Size): Attempt[] {
  const first = Math.min(1, MAX_SIDE / Math.max(size.width, size.height));
  return [[1, 0.92], [1, 0.82], [0.8, 0.82], [0.6, 0.8], [0.4, 0.8]].map(([scale = 1, quality = 0.8]) => ({
    width: Math.max(1, Math.round(size.width * first * scale)),
    height: Math.max(1, Math.round(size.height * first * scale)),
    quality,
  }));
}
