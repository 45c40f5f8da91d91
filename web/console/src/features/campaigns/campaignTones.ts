import type { Campaign, Invitee } from '@/api/types';
import type { Tone } from '@/shared/ui/StateBadge.vue';

export function toneOfStatus(status: Campaign['status']): Tone {
  return ({ running: 'good', paused: 'warn', 'not-begun': 'info', ended: 'mute' } as const)[status];
}

/** A friend's state in one word: 待确认 is something to do, a mere scan is not. */
export function stateOf(invitee: Pick<Invitee, 'state' | 'toBeConfirmed'>): { key: string; tone: Tone } {
  if (invitee.toBeConfirmed) return { key: 'toBeConfirmed', tone: 'warn' };
  return ({
    pending: { key: 'pending', tone: 'mute' },
    valid: { key: 'valid', tone: 'good' },
    left: { key: 'left', tone: 'info' },
    'not-counted': { key: 'notCounted', tone: 'bad' },
  } as const)[invitee.state];
}
