import type { Clock } from '../../src/clock.js';

/** Waiting moves the time on; watchdogs bite only when a test lets them. */
export class TestClock implements Clock {
  time = Date.parse('2026-11-22T10:00:00.000Z');
  readonly waits: number[] = [];
  private readonly timers = new Set<{ milliseconds: number; act: () => void }>();

  now(): number { return this.time; }
  random(): number { return 0.5; }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds > 0) {
      this.waits.push(milliseconds);
      this.time += milliseconds;
    }
    await new Promise(resolve => setImmediate(resolve));
  }

  after(milliseconds: number, act: () => void): () => void {
    const timer = { milliseconds, act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets the watchdogs of one length bite; answers how many there were. */
  bite(milliseconds: number): number {
    const due = [...this.timers].filter(timer => timer.milliseconds === milliseconds);
    for (const timer of due) {
      this.timers.delete(timer);
      timer.act();
    }
    return due.length;
  }
}
