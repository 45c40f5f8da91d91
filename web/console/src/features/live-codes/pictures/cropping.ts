/** The welcome page's picture: 750×420, at most 1 MB (F017). */
export const POSTER = { width: 750, height: 420, maxBytes: 1024 * 1024 };
export const MAX_ZOOM = 4;

export interface Crop {
  /** 1 just covers the frame. */
  zoom: number;
  /** Where the frame's middle lies in the picture, 0 to 1. */
  x: number;
  y: number;
}

export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The part of a picture that the frame shows, in the picture's own pixels; always inside it. */
export function cropped(picture: { width: number; height: number }, crop: Crop): Rectangle {
  const cover = Math.min(picture.width / POSTER.width, picture.height / POSTER.height) / crop.zoom;
  const width = POSTER.width * cover;
  const height = POSTER.height * cover;
  return {
    left: Math.min(Math.max(crop.x * picture.width - width / 2, 0), picture.width - width),
    top: Math.min(Math.max(crop.y * picture.height - height / 2, 0), picture.height - height),
    width,
    height,
  };
}

/** The crop after the picture was dragged by so much of the frame's width and height; it stops at the edges. */
export function dragged(picture: { width: number; height: number }, crop: Crop, byX: number, byY: number): Crop {
  const seen = cropped(picture, crop);
  const x = (seen.left + seen.width / 2 - byX * seen.width) / picture.width;
  const y = (seen.top + seen.height / 2 - byY * seen.height) / picture.height;
  const moved = { ...crop, x, y };
  const kept = cropped(picture, moved);
  return { ...moved, x: (kept.left + kept.width / 2) / picture.width, y: (kept.top + kept.height / 2) / picture.height };
}

/** Whether a picture can be sent as it is. */
export function isPoster(size: { width: number; height: number }, bytes: number, type: string): boolean {
  return size.width === POSTER.width && size.height === POSTER.height && bytes <= POSTER.maxBytes && /^image\/(jpeg|png)$/.test(type);
}
