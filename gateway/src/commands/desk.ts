import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf } from '../log.js';
import type { Command, Data, Result } from '../protocol/messages.js';
import { Failure, done, failed, readCommand } from '../protocol/messages.js';
import type { Robot } from '../robots/robot.js';
import { failureOf } from '../robots/puppetErrors.js';
import type { State } from '../store/state.js';
import { hashOf } from '../store/state.js';
import type { CommandKind } from './commands.js';
import { commands, statusOf } from './commands.js';
import type { Context } from './context.js';
import type { Pacer } from './pacer.js';

const longestQueue = 500;

export interface Worker {
  robot: Robot;
  context: Context;
  pacer: Pacer;
}

/** For simulators: answers commands that begin with `sim.`. */
export type SimControl = (robot: Robot, type: string, data: Data) => Promise<Data>;

export interface DeskPorts {
  state: State;
  clock: Clock;
  log: Log;
  serverNow: () => number;
  send: (result: Result) => void;
  simControl: SimControl | null;
  stop: AbortSignal;
}

/** Takes commands in: each once, by its id; one after the other for each robot. */
export class Desk {
  private readonly active = new Map<string, string>();
  private readonly queues = new Map<string, { waiting: number; tail: Promise<void> }>();

  constructor(private readonly workers: ReadonlyMap<string, Worker>, private readonly ports: DeskPorts) {}

  receive(message: Data): void {
    const command = readCommand(message);
    if (command === null) {
      const id = message['id'];
      if (typeof id === 'string') this.ports.send(failed(id, new Failure('BAD_REQUEST', 'this is no command')));
      return;
    }
    const hash = hashOf(command);
    const kept = this.ports.state.result(command.id);
    const known = kept?.hash ?? this.active.get(command.id);
    if (known !== undefined && known !== hash) {
      this.refuse(command, new Failure('BAD_REQUEST', 'this id belongs to another command'));
    } else if (kept !== null) {
      this.ports.send(kept.result);
    } else if (known === undefined) {
      this.take(command, hash);
    }
  }

  /** When nothing waits or runs any more. */
  async idle(): Promise<void> {
    while (this.active.size > 0) await Promise.all([...this.queues.values()].map(({ tail }) => tail));
  }

  private take(command: Command, hash: string): void {
    const worker = this.workers.get(command.robotId);
    if (worker === undefined) return this.refuse(command, new Failure('ROBOT_NOT_STARTED', 'no such robot here'));
    const atOnce = this.answerAtOnce(worker, command);
    if (atOnce !== null) {
      void answered(command, atOnce).then(this.ports.send);
      return;
    }
    const kind = Object.hasOwn(commands, command.type) ? commands[command.type] : undefined;
    if (kind === undefined) return this.refuse(command, new Failure('UNKNOWN_COMMAND', `no such command: ${command.type.slice(0, 100)}`));
    const queue = this.queues.get(command.robotId) ?? { waiting: 0, tail: Promise.resolve() };
    if (queue.waiting >= longestQueue) return this.refuse(command, new Failure('RATE_LIMITED', 'too many commands wait', { retryAfterSec: 60 }));
    this.active.set(command.id, hash);
    queue.waiting++;
    queue.tail = queue.tail.then(() => this.execute(worker, kind, command)).finally(() => {
      queue.waiting--;
      this.active.delete(command.id);
    });
    this.queues.set(command.robotId, queue);
  }

  private answerAtOnce({ robot }: Worker, { type, data }: Command): Promise<Data> | null {
    if (type === 'robot.status') return statusOf(robot);
    return type.startsWith('sim.') && this.ports.simControl !== null ? this.ports.simControl(robot, type, data) : null;
  }

  private refuse(command: Command, failure: Failure): void { this.ports.send(failed(command.id, failure)); }

  private async execute(worker: Worker, kind: CommandKind, command: Command): Promise<void> {
    // What was not begun is asked for again after the next welcome.
    if (this.ports.stop.aborted) return;
    const started = this.ports.clock.now();
    try {
      const result = await answered(command, this.attempt(worker, kind, command));
      await this.keep(worker, kind, command, result);
      this.ports.log('command.done', {
        id: command.id, type: command.type, robotId: command.robotId,
        code: result.ok ? 'OK' : result.error.code, milliseconds: this.ports.clock.now() - started,
      });
      this.ports.send(result);
    } catch (error) {
      // The disk failed; the process stops, and the next start knows what was begun.
      this.ports.log('command.not-kept', { id: command.id, message: messageOf(error) });
    }
  }

  private async attempt({ robot, pacer, context }: Worker, kind: CommandKind, command: Command): Promise<Data> {
    if (kind.offline !== true && !robot.isStarted) throw new Failure('ROBOT_NOT_STARTED', 'the robot is not started');
    if (kind.offline !== true && !robot.isOnline) throw new Failure('ROBOT_OFFLINE', 'the robot is not logged in');
    if (command.type !== 'robot.start' && !robot.ports.capabilities.includes(command.type)) {
      throw new Failure('UNSUPPORTED', `this robot has no ${command.type}`);
    }
    const delay = kind.pace === undefined ? 0 : pacer.delay(kind.pace);
    if (this.ports.serverNow() + delay > Date.parse(command.deadline)) throw new Failure('EXPIRED', 'could not begin before its deadline');
    if (kind.once === true) await this.ports.state.begin(command);
    return kind.run(context, command.data);
  }

  private async keep({ robot }: Worker, kind: CommandKind, command: Command, result: Result): Promise<void> {
    const { state, clock } = this.ports;
    if (!result.ok && result.error.code === 'RATE_LIMITED' && command.type === 'room.create') {
      const until = clock.now() + 1000 * (result.error.retryAfterSec ?? 60);
      if (until > state.pausedUntil(robot.id) && (result.error.retryAfterSec ?? 0) >= 86_400) await state.pause(robot.id, until);
    }
    if (kind.once !== true) return;
    const tookEffect = result.ok || result.data !== undefined || ['UNKNOWN_OUTCOME', 'PUPPET_ERROR'].includes(result.error.code);
    await state.finish(command, result, tookEffect);
  }
}

async function answered(command: Command, work: Promise<Data>): Promise<Result> {
  try {
    return done(command.id, await work);
  } catch (error) {
    return failed(command.id, failureOf(error));
  }
}
