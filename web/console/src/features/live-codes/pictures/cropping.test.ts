import { describe, expect, it } from 'vitest';
import { cropped, dragged, isPoster, POSTER } from './cropping';

const tall = { width: 1080, height: 2340 };
const middle = { zoom: 1, x: 0.5, y: 0.5 };

describe('cropped', () => {
  it('covers the frame in its shape', () => {
    const part = cropped(tall, middle);
    expect(part.width).toBe(1080);
    expect(part.width / part.height).toBeCloseTo(POSTER.width / POSTER.height);
    expect(part.top + part.height / 2).toBeCloseTo(1170);
  });

  it.each([[-5, -5], [5, 5], [0, 1]])('stays inside the picture around %d, %d', (x, y) => {
    const part = cropped(tall, { zoom: 2, x, y });
    expect(part.left).toBeGreaterThanOrEqual(0);
    expect(part.top).toBeGreaterThanOrEqual(0);
    expect(part.left + part.width).toBeLessThanOrEqual(tall.width);
    expect(part.top + part.height).toBeLessThanOrEqual(tall.height);
  });
});

describe('dragged', () => {
  it('moves the picture with the hand', () => {
    expect(dragged(tall, middle, 0, 0.5).y).toBeLessThan(0.5);
  });

  it('comes back by as much after it was dragged against an edge', () => {
    const atEdge = dragged(tall, middle, 0, -100);
    expect(cropped(tall, atEdge).top + cropped(tall, atEdge).height).toBeCloseTo(tall.height);
    expect(cropped(tall, dragged(tall, atEdge, 0, 0.1)).top).toBeLessThan(cropped(tall, atEdge).top);
  });
});

describe('isPoster', () => {
  it.each([
    [750, 420, 1024 * 1024, 'image/jpeg', true],
    [750, 420, 1024 * 1024 + 1, 'image/jpeg', false],
    [751, 420, 1000, 'image/png', false],
    [750, 420, 1000, 'image/webp', false],
  ])('judges %d×%d of %d bytes, %s', (width, height, bytes, type, expected) => {
    expect(isPoster({ width, height }, bytes, type)).toBe(expected);
  });
});
