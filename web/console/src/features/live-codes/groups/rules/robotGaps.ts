import type { GroupRules } from '@/api/types';

type Robots = GroupRules['robots'];

/** Words of the gateway protocol that rules and announcements need. */
const NEEDED = ['room.send', 'room.send.image', 'room.send.link', 'room.kick', 'room.announce'];

/** What at least one of the robots can do; null when nothing is known to be missing everywhere. */
export function commonCapabilities(robots: Robots): readonly string[] | null {
  const nobody = NEEDED.filter((word) => robots.length > 0 && robots.every(({ lacks }) => lacks.includes(word)));
  return nobody.length === 0 ? null : NEEDED.filter((word) => !nobody.includes(word));
}
