import type { PaceName } from '../config.js';
import { Failure } from '../protocol/messages.js';
import { failureOf } from '../robots/puppetErrors.js';
import type { Robot } from '../robots/robot.js';
import type { RoomWatch } from '../robots/roomWatch.js';
import type { Pacer } from './pacer.js';
import type { PictureGate } from './pictures.js';

/** What a command may use. Every question to the puppet goes through `call`. */
export class Context {
  constructor(readonly robot: Robot, readonly watch: RoomWatch, readonly pictures: PictureGate,
    private readonly pacer: Pacer, private readonly stop: AbortSignal) {}

  /** Reading, or a change that bears repetition. */
  async call<T>(ask: () => Promise<T>): Promise<T> {
    this.needOnline();
    try {
      return await this.robot.within(ask());
    } catch (error) {
      const failure = failureOf(error);
      // Nobody knows, but it may be asked again.
      throw failure.code === 'UNKNOWN_OUTCOME' ? new Failure('PUPPET_ERROR', failure.message) : this.offlineOr(failure);
    }
  }

  /** A change that must not happen twice. */
  async callOnce<T>(ask: () => Promise<T>): Promise<T> {
    this.needOnline();
    try {
      return await this.robot.within(ask());
    } catch (error) {
      const failure = failureOf(error);
      // The connection to the platform broke while it had our request.
      throw failure.code === 'PUPPET_ERROR' && !this.robot.isOnline ? new Failure('UNKNOWN_OUTCOME', failure.message) : failure;
    }
  }

  /** Waits for the robot's turn to do something of this kind. */
  async pace(kind: PaceName): Promise<void> {
    await this.pacer.take(kind, this.stop).catch(() => { throw new Failure('EXPIRED', 'the gateway is stopping'); });
    this.needOnline();
  }

  get selfId(): string {
    this.needOnline();
    return this.robot.puppet.currentUserId;
  }

  private needOnline(): void {
    if (!this.robot.isStarted) throw new Failure('ROBOT_NOT_STARTED', 'the robot is not started');
    if (!this.robot.isOnline) throw new Failure('ROBOT_OFFLINE', 'the robot is not logged in');
  }

  private offlineOr(failure: Failure): Failure {
    return failure.code === 'PUPPET_ERROR' && !this.robot.isOnline ? new Failure('ROBOT_OFFLINE', failure.message) : failure;
  }
}
