import type { Slot } from '@/api/types';
import type { Tone } from '@/shared/ui/StateBadge.vue';

const tones: Record<Slot['state'], Tone> = { serving: 'good', waiting: 'info', full: 'warn', expired: 'mute', off: 'mute' };

export function toneOf(state: Slot['state']): Tone {
  return tones[state];
}

/** Which one is shown once the present one is full: the first that waits. */
export function nextInLine(slots: readonly Slot[]): string | null {
  return slots.find(({ state }) => state === 'waiting')?.id ?? null;
}

/** Whether without this one visitors would see 店小二已下班. */
export function isLastUsable(slots: readonly Slot[], slot: Slot): boolean {
  const usable = slots.filter(({ state }) => state === 'serving' || state === 'waiting');
  return usable.length === 1 && usable[0]!.id === slot.id;
}

/** How full, in per cent, never over 100 (a bound visitor may still press on a full one). */
export function fullness(pressVisitors: number, threshold: number): number {
  return Math.min(100, Math.round((pressVisitors / Math.max(1, threshold)) * 100));
}

/** The list with one element moved. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [taken] = copy.splice(from, 1);
  if (taken === undefined) return copy;
  copy.splice(Math.min(Math.max(to, 0), copy.length), 0, taken);
  return copy;
}
