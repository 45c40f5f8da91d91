import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Puppet } from 'wechaty-puppet';
import { expect } from 'vitest';
import { checkConfig } from '../../src/config.js';
import { Gateway } from '../../src/gateway.js';
import type { Data, Result } from '../../src/protocol/messages.js';
import { simControl } from '../../sim/simControl.js';
import type { SimOptions } from '../../sim/simPuppet.js';
import { SimPuppet } from '../../sim/simPuppet.js';
import { FakeServer, token } from './fakeServer.js';
import { TestClock } from './testClock.js';

export interface Setting {
  sim?: SimOptions;
  robot?: Data;
  config?: Data;
  /** Stands between the gateway and the simulator. */
  puppet?: (sim: SimPuppet) => Puppet;
  login?: boolean;
}

/** A gateway with one simulated robot r1, on a server of its own. */
export class Harness {
  readonly errors: unknown[] = [];
  private count = 0;

  private constructor(readonly server: FakeServer, readonly clock: TestClock, readonly folder: string,
    readonly setting: Setting, public sim: SimPuppet, public gateway: Gateway) {}

  static async start(setting: Setting = {}): Promise<Harness> {
    const [server, clock, folder] = [await FakeServer.start(), new TestClock(), await mkdtemp(join(tmpdir(), 'gateway-'))];
    const harness = new Harness(server, clock, folder, setting, null as never, null as never);
    await harness.open();
    return harness;
  }

  /** The first start, and every one after `crash` or `gateway.stop()`. */
  async open(): Promise<void> {
    const welcomes = this.server.hellos.length;
    this.sim = new SimPuppet({ now: () => this.clock.time, ...this.setting.sim });
    this.gateway = await this.openGateway();
    this.gateway.start();
    await this.server.until('hello', () => this.server.hellos.length > welcomes);
    if (this.setting.login === false) return;
    await this.server.until('start', () => this.gateway.robot('r1')?.isStarted);
    await this.do('sim.login');
    const seen = this.server.events.length;
    await this.server.until('ready', () => this.server.events.slice(Math.max(0, seen - 2)).some(event => event.type === 'robot.ready'));
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.server.stop();
    await rm(this.folder, { recursive: true });
    expect(this.server.faults).toEqual([]);
    expect(this.errors).toEqual([]);
  }

  send(type: string, data: Data = {}, more: { id?: string; deadline?: string } = {}): Promise<Result> {
    return this.server.command({ id: more.id ?? `c-${++this.count}`, type, robotId: 'r1', deadline: more.deadline ?? this.deadline(), data });
  }

  /** A command that must succeed. */
  async do<T = Data>(type: string, data: Data = {}): Promise<T> {
    const result = await this.send(type, data);
    if (!result.ok) throw new Error(`${type}: ${result.error.code} ${result.error.message}`);
    return result.data as T;
  }

  /** A command that must fail; answers the code. */
  async fail(type: string, data: Data = {}): Promise<string> {
    const result = await this.send(type, data);
    return result.ok ? 'OK' : result.error.code;
  }

  async room(name = '护肤交流群1'): Promise<string> {
    return (await this.do<{ roomId: string }>('room.create', { name, memberIds: ['wxid_friend1', 'wxid_friend2'] })).roomId;
  }

  deadline(seconds = 3600): string { return new Date(this.clock.time + 1000 * seconds).toISOString(); }

  private openGateway(): Promise<Gateway> {
    const config = checkConfig({
      server: this.server.address, stateFolder: '.', ...this.setting.config,
      links: [{ gatewayId: 'gw-1', tokenVariable: 'TOKEN', robots: [{ robotId: 'r1', puppet: 'sim', ...this.setting.robot }] }],
    }, { TOKEN: token }, this.folder);
    return Gateway.open(config, config.links[0] as never, {
      clock: this.clock, log: () => {}, broken: error => this.errors.push(error),
      // With a puppet in between the simulator is still the one to tell.
      simControl: (_, type, data) => simControl({ puppet: this.sim }, type, data),
      puppets: { sim: () => this.setting.puppet?.(this.sim) ?? this.sim },
    });
  }
}
