import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { iso } from '../clock.js';
import type { Command, Data, GatewayEvent, Result } from '../protocol/messages.js';
import { Journal } from './journal.js';

type KeptResult = { id: string; type: string; robotId: string; hash: string; at: number; result: Result };
type Begun = Omit<KeptResult, 'result'>;

type Line =
  | { is: 'seq'; seq: number }
  | { is: 'event'; event: GatewayEvent }
  | { is: 'ack'; seq: number }
  | ({ is: 'begun' } & Begun)
  | { is: 'refused'; id: string }
  | ({ is: 'result' } & KeptResult)
  | { is: 'pause'; robotId: string; until: number };

const keepResultsFor = 8 * 24 * 3600 * 1000;

/** What a gateway must not forget: events the server has not acknowledged, and what became of commands that can not be repeated. */
export class State {
  private events: GatewayEvent[] = [];
  private readonly begun = new Map<string, Begun>();
  private readonly results = new Map<string, KeptResult>();
  private readonly pauses = new Map<string, number>();
  private seq = 0;
  private durableSeq = 0;
  private journal!: Journal<Line>;

  private constructor(private readonly clock: Clock, private readonly broken: (error: unknown) => void) {}

  /** `broken` is told when the disk fails: a gateway that can not write can keep no promise, so it should stop. */
  static async open(path: string, clock: Clock, broken: (error: unknown) => void): Promise<State> {
    const state = new State(clock, broken);
    state.journal = await Journal.open<Line>(path, line => state.read(line), () => state.live());
    state.durableSeq = state.seq;
    return state;
  }

  get lastSeq(): number { return this.seq; }

  close(): Promise<void> { return this.journal.close(); }

  /** The numbers are given at once, so that events keep their order; the answer comes when the event is on the disk. */
  async addEvent(type: string, robotId: string, at: number, data: Data): Promise<void> {
    const event: GatewayEvent = { v: 1, kind: 'event', seq: ++this.seq, id: randomUUID(), type, robotId, at: iso(at), data };
    this.events.push(event);
    await this.write({ is: 'event', event });
    this.durableSeq = event.seq;
  }

  /** Unacknowledged events on the disk that come after `seq`, lowest first. */
  eventsAfter(seq: number, most: number): GatewayEvent[] {
    const first = this.events.findIndex(event => event.seq > seq);
    return first < 0 ? [] : this.events.slice(first, first + most).filter(event => event.seq <= this.durableSeq);
  }

  get firstUnacknowledged(): number { return this.events[0]?.seq ?? this.seq + 1; }

  async acknowledge(seq: number): Promise<void> {
    if (seq < this.firstUnacknowledged) return;
    this.forgetUpTo(seq);
    await this.write({ is: 'ack', seq });
  }

  /** A command begun before a crash has the result UNKNOWN_OUTCOME from then on. */
  result(id: string): KeptResult | null { return this.results.get(id) ?? null; }

  begin(command: Command): Promise<void> {
    const begun = { id: command.id, type: command.type, robotId: command.robotId, hash: hashOf(command), at: this.clock.now() };
    this.begun.set(command.id, begun);
    return this.write({ is: 'begun', ...begun });
  }

  /** `keep`: the command took effect or may have; a refusal is only struck out. */
  finish(command: Command, result: Result, keep: boolean): Promise<void> {
    const begun = this.begun.get(command.id);
    this.begun.delete(command.id);
    if (begun === undefined) return Promise.resolve();
    if (!keep) return this.write({ is: 'refused', id: command.id });
    const kept = { ...begun, at: this.clock.now(), result };
    this.results.set(command.id, kept);
    return this.write({ is: 'result', ...kept });
  }

  /** When groups were made by a robot, or may have been, since an instant. */
  createdSince(robotId: string, since: number): number[] {
    return [...this.results.values()]
      .filter(kept => kept.type === 'room.create' && kept.robotId === robotId && kept.at > since)
      .filter(({ result }) => result.ok || result.error.code === 'UNKNOWN_OUTCOME')
      .map(({ at }) => at).sort((a, b) => a - b);
  }

  pausedUntil(robotId: string): number { return this.pauses.get(robotId) ?? 0; }

  pause(robotId: string, until: number): Promise<void> {
    this.pauses.set(robotId, until);
    return this.write({ is: 'pause', robotId, until });
  }

  private async write(line: Line): Promise<void> {
    try {
      await this.journal.append(line);
    } catch (error) {
      this.broken(error);
      throw error;
    }
  }

  private forgetUpTo(seq: number): void {
    const first = this.events.findIndex(event => event.seq > seq);
    this.events = first < 0 ? [] : this.events.slice(first);
  }

  private read(line: Line): void {
    switch (line.is) {
      case 'seq': this.seq = line.seq; break;
      case 'event': this.events.push(line.event); this.seq = line.event.seq; break;
      case 'ack': this.forgetUpTo(line.seq); break;
      case 'begun': {
        const { is, ...begun } = line;
        this.results.set(line.id, { ...begun, result: unknownOutcome(line.id) });
        break;
      }
      case 'refused': this.results.delete(line.id); break;
      case 'result': {
        const { is, ...kept } = line;
        this.results.set(line.id, kept);
        break;
      }
      case 'pause': this.pauses.set(line.robotId, line.until); break;
    }
  }

  private live(): Line[] {
    const old = this.clock.now() - keepResultsFor;
    for (const [id, { at }] of this.results) if (at < old) this.results.delete(id);
    return [
      { is: 'seq', seq: this.firstUnacknowledged - 1 },
      ...this.events.map(event => ({ is: 'event' as const, event })),
      ...[...this.results.values()].map(kept => ({ is: 'result' as const, ...kept })),
      ...[...this.begun.values()].map(begun => ({ is: 'begun' as const, ...begun })),
      ...[...this.pauses].map(([robotId, until]) => ({ is: 'pause' as const, robotId, until })),
    ];
  }
}

const unknownOutcome = (id: string): Result =>
  ({ v: 1, kind: 'result', id, ok: false, error: { code: 'UNKNOWN_OUTCOME', message: 'the gateway stopped in the middle' } });

/** The same command has the same hash, whatever the order of its fields. */
export function hashOf({ type, robotId, data }: Command): string {
  return createHash('sha256').update(JSON.stringify([type, robotId, sorted(data)])).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, sorted(inner)]));
}
