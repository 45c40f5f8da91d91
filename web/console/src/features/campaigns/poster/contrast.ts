import type { PosterLine } from '@/api/types';
import { lineHeight } from './posterLayout';

/** Black or white, whichever is read on this piece of the picture. */
export function readableColour(image: HTMLImageElement, line: PosterLine): string {
  const pen = Object.assign(document.createElement('canvas'), { width: 16, height: 4 }).getContext('2d', { willReadFrequently: true });
  if (!pen) return line.colour;
  pen.drawImage(image, line.x, line.y, line.width, lineHeight(line.size), 0, 0, 16, 4);
  return colourOn(pen.getImageData(0, 0, 16, 4).data);
}

/** By how light the pixels are to the eye. */
export function colourOn(pixels: ArrayLike<number>): string {
  const weights = [0.299, 0.587, 0.114, 0];
  const light = Array.from(pixels).reduce((sum, value, at) => sum + value * (weights[at % 4] ?? 0), 0);
  return light / (pixels.length / 4) < 140 ? '#FFFFFF' : '#333333';
}
