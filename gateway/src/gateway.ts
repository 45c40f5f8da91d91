import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from './clock.js';
import { Context } from './commands/context.js';
import type { SimControl, Worker } from './commands/desk.js';
import { Desk } from './commands/desk.js';
import { Pacer } from './commands/pacer.js';
import { PictureGate } from './commands/pictures.js';
import type { Config, LinkConfig, RobotConfig } from './config.js';
import { Link } from './link/link.js';
import type { Log } from './log.js';
import { messageOf } from './log.js';
import type { Hello } from './protocol/messages.js';
import { listen } from './robots/puppetEvents.js';
import type { PuppetMaker } from './robots/puppets.js';
import { capabilitiesOf, makePuppet } from './robots/puppets.js';
import { Robot } from './robots/robot.js';
import { RoomWatch } from './robots/roomWatch.js';
import { State } from './store/state.js';

export const version = '0.1.0';

export interface GatewayPorts {
  clock: Clock;
  log: Log;
  /** Told when the disk fails. */
  broken: (error: unknown) => void;
  puppets: Record<string, PuppetMaker>;
  simControl: SimControl | null;
}

/** One link with its robots, its queue of commands and its outbox. */
export class Gateway {
  private readonly workers = new Map<string, Worker>();
  private readonly stopping = new AbortController();
  private readonly hangUp = new AbortController();
  private readonly desk: Desk;
  private readonly link: Link;
  private callOffLook = (): void => {};
  private running: Promise<void> = Promise.resolve();

  private constructor(private readonly config: Config, private readonly linkConfig: LinkConfig,
    private readonly ports: GatewayPorts, private readonly state: State) {
    const { clock, log, simControl } = ports;
    this.link = new Link({
      address: config.server, token: linkConfig.token, gatewayId: linkConfig.gatewayId, hello: () => this.hello(), state, clock, log,
      onCommand: message => this.desk.receive(message), onWelcome: () => this.lookAround(),
    });
    this.desk = new Desk(this.workers, {
      state, clock, log, simControl, stop: this.stopping.signal,
      serverNow: () => this.link.serverNow, send: result => this.link.send(result),
    });
  }

  static async open(config: Config, linkConfig: LinkConfig, ports: GatewayPorts): Promise<Gateway> {
    const folder = join(config.stateFolder, linkConfig.gatewayId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = await State.open(join(folder, 'state.log'), ports.clock, ports.broken);
    const gateway = new Gateway(config, linkConfig, ports, state);
    for (const robot of linkConfig.robots) await gateway.addRobot(robot, folder);
    return gateway;
  }

  robot(id: string): Robot | null { return this.workers.get(id)?.robot ?? null; }

  get isConnected(): boolean { return this.link.isConnected; }

  start(): void {
    this.running = this.link.run(this.hangUp.signal);
    for (const { robot } of this.workers.values()) {
      // A robot that does not start says so by an event and tries again.
      if (robot.ports.config.autoStart) robot.start().catch(() => {});
    }
  }

  /** Finishes what was begun, stops the puppets, sends what can be sent, hangs up. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.callOffLook();
    await this.desk.idle();
    for (const { robot } of this.workers.values()) {
      await robot.stop().catch((error: unknown) => this.ports.log('robot.stop-failed', { robotId: robot.id, message: messageOf(error) }));
      await robot.settled;
    }
    this.hangUp.abort();
    await this.running;
    await this.state.close();
  }

  private async addRobot(config: RobotConfig, folder: string): Promise<void> {
    const { clock, log, puppets } = this.ports;
    const robot = new Robot({
      config, clock, log, capabilities: capabilitiesOf(config), puppet: await makePuppet(config, folder, puppets),
      callTimeout: 1000 * this.config.callTimeoutSeconds,
      report: async (type, data, at) => {
        await this.state.addEvent(type, config.robotId, at ?? clock.now(), data);
        this.link.pump();
      },
    });
    const watch = new RoomWatch(robot);
    listen(robot, watch);
    const pacer = new Pacer(config.robotId, config.pacing, this.state, clock);
    const context = new Context(robot, watch, new PictureGate(this.config.server), pacer, this.stopping.signal);
    this.workers.set(config.robotId, { robot, context, pacer });
  }

  private hello(): Hello {
    const robots = this.linkConfig.robots;
    return {
      v: 1, kind: 'hello', gatewayId: this.linkConfig.gatewayId, version, puppet: [...new Set(robots.map(robot => robot.puppet))].join(', '),
      robots: robots.map(robot => robot.robotId), lastSeq: this.state.lastSeq,
      capabilities: Object.fromEntries(robots.map(robot => [robot.robotId, capabilitiesOf(robot)])),
    };
  }

  // While nobody listens a look is worth nothing: the next one tells all of it. So it runs from one welcome on, and only when connected.
  private lookAround(): void {
    this.callOffLook();
    if (this.stopping.signal.aborted) return;
    if (this.link.isConnected) {
      for (const { robot, context } of this.workers.values()) {
        context.watch.lookAtAll().catch((error: unknown) => this.ports.log('robot.look-failed', { robotId: robot.id, message: messageOf(error) }));
      }
    }
    this.callOffLook = this.ports.clock.after(60_000 * this.config.snapshotMinutes, () => this.lookAround());
  }
}
