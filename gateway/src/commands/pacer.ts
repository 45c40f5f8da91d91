import type { Clock } from '../clock.js';
import type { PaceName, Pacing } from '../config.js';
import { Failure } from '../protocol/messages.js';
import type { State } from '../store/state.js';

const minute = 60_000;
const day = 24 * 3600 * 1000;

/** How long a robot waits before it does the next thing of a kind. */
export class Pacer {
  private readonly taken = new Map<PaceName, number[]>();
  private readonly gap = new Map<PaceName, number>();

  constructor(private readonly robotId: string, private readonly pacing: Pacing, private readonly state: State, private readonly clock: Clock) {}

  /** RATE_LIMITED when no more groups may be made today: that is too long to wait. */
  delay(kind: PaceName): number {
    const now = this.clock.now();
    const { perMinute, perDay } = this.pacing[kind];
    if (kind === 'create') this.refuseIfSpent(now, perDay);
    const taken = this.taken.get(kind) ?? [];
    const last = taken.at(-1);
    const next = last === undefined ? now : last + (this.gap.get(kind) ?? 0);
    const oldest = perMinute === undefined ? undefined : taken.at(-perMinute);
    return Math.max(0, next - now, oldest === undefined ? 0 : oldest + minute - now);
  }

  async take(kind: PaceName, stop: AbortSignal): Promise<void> {
    await this.clock.wait(this.delay(kind), stop);
    const { spacingSeconds, jitterSeconds, perMinute } = this.pacing[kind];
    this.taken.set(kind, [...this.taken.get(kind) ?? [], this.clock.now()].slice(-(perMinute ?? 1)));
    this.gap.set(kind, 1000 * (spacingSeconds + this.clock.random() * jitterSeconds));
  }

  private refuseIfSpent(now: number, perDay: number | undefined): void {
    const paused = this.state.pausedUntil(this.robotId);
    if (paused > now) throw new Failure('RATE_LIMITED', 'the platform wants no new groups now', { retryAfterSec: (paused - now) / 1000 });
    const today = this.state.createdSince(this.robotId, now - day);
    const oldest = perDay === undefined ? undefined : today.at(-perDay);
    if (oldest !== undefined) {
      throw new Failure('RATE_LIMITED', `${perDay} new groups in 24 hours`, { retryAfterSec: (oldest + day - now) / 1000 });
    }
  }
}
