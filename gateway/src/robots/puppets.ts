import { join } from 'node:path';
import { MemoryCard } from 'memory-card';
import type { Puppet } from 'wechaty-puppet';
import type { RobotConfig } from '../config.js';
import { ConfigError } from '../config.js';
import type { Data } from '../protocol/messages.js';

export type PuppetMaker = (config: RobotConfig) => Puppet;

export const allCapabilities = [
  'robot.start', 'robot.stop', 'robot.logout', 'robot.status', 'contact.list', 'room.create', 'room.list', 'room.qr', 'room.rename',
  'room.announce', 'room.send', 'room.send.image', 'room.send.link', 'room.kick', 'room.members', 'room.add',
];

// The free web protocol has no announcements, no QR of a group and no links.
const lacking: Record<string, string[]> = { 'wechaty-puppet-wechat4u': ['room.announce', 'room.qr', 'room.send.link'] };

export function capabilitiesOf(config: RobotConfig): string[] {
  const lacks = lacking[config.puppet] ?? [];
  return config.capabilities ?? allCapabilities.filter(name => !lacks.includes(name));
}

/** `extra` are puppets that are no packages; the simulator brings its own. Everything else is the name of an npm package. */
export async function makePuppet(config: RobotConfig, stateFolder: string, extra: Record<string, PuppetMaker>): Promise<Puppet> {
  const make = extra[config.puppet];
  if (make !== undefined) return make(config);
  const puppet = new (await puppetClass(config.puppet))(config.options);
  // Holds the login session, and so is as secret as a password: the process has umask 077.
  puppet.setMemory(new MemoryCard(join(stateFolder, config.robotId)));
  return puppet;
}

async function puppetClass(name: string): Promise<new (options: Data) => Puppet> {
  if (name === 'sim') throw new ConfigError('The simulator is no part of this build; see gateway/README.md');
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name)) throw new ConfigError(`puppet must be the name of an npm package: ${name}`);
  const module = await import(name).catch(() => { throw new ConfigError(`The package ${name} is not installed; see gateway/README.md`); }) as Data;
  const found = [module['default'], ...Object.values(module)].find(isPuppetClass);
  if (found === undefined) throw new ConfigError(`The package ${name} holds no puppet`);
  return found;
}

const isPuppetClass = (value: unknown): value is new (options: Data) => Puppet =>
  typeof value === 'function' && typeof (value.prototype as Data | undefined)?.['roomCreate'] === 'function';
