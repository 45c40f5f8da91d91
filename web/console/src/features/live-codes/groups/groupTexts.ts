import type { Group } from '@/api/types';
import type { Tone } from '@/shared/ui/StateBadge.vue';

const TONES: Record<Group['state'], Tone> = {
  creating: 'info', serving: 'good', waiting: 'info', full: 'mute', failed: 'bad', dismissed: 'mute', expired: 'bad',
};

export function toneOf({ state }: Group): Tone {
  return TONES[state];
}

/** How full a group is, in percent of 精准分流频率, as the bar shows it. */
export function fullnessOf({ members, memberThreshold }: Group): number {
  return Math.min(100, Math.round((members / memberThreshold) * 100));
}

/** Its real name differs from the one that is stored: 同步群名 mends that. */
export function needsSync({ name, realName, roomId }: Group): boolean {
  return roomId !== null && realName !== name;
}
