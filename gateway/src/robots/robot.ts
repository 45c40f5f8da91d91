import type { Puppet } from 'wechaty-puppet';
import type { Clock } from '../clock.js';
import type { RobotConfig } from '../config.js';
import type { Log } from '../log.js';
import { messageOf } from '../log.js';
import type { Data } from '../protocol/messages.js';
import { Failure } from '../protocol/messages.js';

export type RobotState = 'stopped' | 'starting' | 'scanning' | 'online' | 'offline';
export type Report = (type: string, data: Data, at?: number) => Promise<void>;

export interface RobotPorts {
  config: RobotConfig;
  capabilities: string[];
  puppet: Puppet;
  clock: Clock;
  log: Log;
  callTimeout: number;
  /** Writes an event to the outbox. */
  report: Report;
}

const startAgainAfter = 60_000;

/** One account: its puppet, whether it runs, and the line in which its events are worked on. */
export class Robot {
  private started = false;
  private wanted = false;
  private wasOnline = false;
  private line: Promise<void> = Promise.resolve();
  private lastError = { message: '', at: 0 };

  constructor(readonly ports: RobotPorts) {
    // Without a listener an error event ends the process.
    ports.puppet.on('error', payload => this.reportError(textOf(payload)));
    ports.puppet.on('login', () => { this.wasOnline = true; });
  }

  get id(): string { return this.ports.config.robotId; }
  get puppet(): Puppet { return this.ports.puppet; }
  get isStarted(): boolean { return this.started; }
  get isOnline(): boolean { return this.started && this.puppet.isLoggedIn; }
  get selfId(): string | null { return this.isOnline ? this.puppet.currentUserId : null; }

  get state(): RobotState {
    if (!this.started) return 'stopped';
    if (this.puppet.isLoggedIn) return 'online';
    if (this.puppet.authQrCode !== undefined) return 'scanning';
    return this.wasOnline ? 'offline' : 'starting';
  }

  async start(): Promise<RobotState> {
    this.wanted = true;
    if (!this.started) {
      // Events come before start() returns.
      this.started = true;
      try {
        await this.within(this.puppet.start());
      } catch (error) {
        this.started = false;
        this.reportError(messageOf(error));
        this.ports.clock.after(startAgainAfter, () => { if (this.wanted) this.start().catch(() => {}); });
        throw error;
      }
    }
    return this.state;
  }

  async stop(): Promise<RobotState> {
    this.wanted = false;
    if (this.started) {
      await this.within(this.puppet.stop());
      this.started = this.wasOnline = false;
    }
    return this.state;
  }

  async logout(): Promise<RobotState> {
    if (this.isOnline) await this.within(this.puppet.logout());
    return this.state;
  }

  /** Events are worked on one after the other, however long each one's questions to the puppet take: so they stay in order. */
  inLine(work: () => Promise<void>): void {
    this.line = this.line.then(work).catch((error: unknown) => {
      this.ports.log('robot.event-failed', { robotId: this.id, message: messageOf(error) });
    });
  }

  /** When everything that is in line now is done. */
  get settled(): Promise<void> { return this.line; }

  /** A puppet that never answers must not stop everything behind it. */
  within<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const callOff = this.ports.clock.after(this.ports.callTimeout, () => reject(new Failure('UNKNOWN_OUTCOME', 'the platform did not answer')));
      call.then(resolve, reject).finally(callOff);
    });
  }

  // The same error over and over says nothing new.
  private reportError(message: string): void {
    const at = this.ports.clock.now();
    if (message === this.lastError.message && at - this.lastError.at < 60_000) return;
    this.lastError = { message, at };
    this.inLine(() => this.ports.report('robot.error', { message: message.slice(0, 1000) }, at));
  }
}

// A GError as JSON, or what came before it.
function textOf(payload: unknown): string {
  const { gerror, data } = (payload ?? {}) as { gerror?: string; data?: string };
  try {
    return messageOf(new Error((JSON.parse(gerror ?? '') as Error).message));
  } catch {
    return messageOf(gerror ?? data ?? 'error');
  }
}
