import { describe, expect, it } from 'vitest';
import { lacks } from './robotCapabilities';

describe('lacks', () => {
  it('takes a robot that says nothing to know everything', () => {
    expect(lacks({ capabilities: null }, 'room.announce')).toBe(false);
  });

  it('goes by what is said', () => {
    const robot = { capabilities: ['room.create', 'room.send', 'room.send.image'] };
    expect(lacks(robot, 'room.create')).toBe(false);
    expect(lacks(robot, 'room.send.image')).toBe(false);
    expect(lacks(robot, 'room.send.link')).toBe(true);
    expect(lacks(robot, 'room.announce')).toBe(true);
    expect(lacks({ capabilities: [] }, 'room.create')).toBe(true);
  });

  it('wants messages for pictures', () => {
    expect(lacks({ capabilities: ['room.send.image'] }, 'room.send.image')).toBe(true);
  });
});
