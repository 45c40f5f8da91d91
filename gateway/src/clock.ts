import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance come in through this, so that tests wait for nothing. */
export interface Clock {
  now(): number;
  /** From 0 up to, but not including, 1. */
  random(): number;
  /** Pacing and back-off. Rejects when the signal is raised. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A watchdog. The answer calls it off. */
  after(milliseconds: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: async (milliseconds, signal) => {
    if (milliseconds > 0) await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  },
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

export const iso = (at: number): string => new Date(at).toISOString();
