import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { keepSecret } from './log.js';
import type { Data } from './protocol/messages.js';
import { isObject } from './protocol/messages.js';

/** How often a robot does what, so that the platform takes no offence. The defaults are those of docs/robot-gateway.md, section 7. */
export interface Pace {
  spacingSeconds: number;
  jitterSeconds: number;
  perMinute?: number;
  perDay?: number;
}

export const paces = ['message', 'announce', 'kick', 'add', 'create'] as const;
export type PaceName = typeof paces[number];
export type Pacing = Record<PaceName, Pace>;

export const defaultPacing: Pacing = {
  message: { spacingSeconds: 4, jitterSeconds: 3, perMinute: 20 },
  announce: { spacingSeconds: 10, jitterSeconds: 5 },
  kick: { spacingSeconds: 5, jitterSeconds: 2, perMinute: 10 },
  add: { spacingSeconds: 5, jitterSeconds: 2, perMinute: 10 },
  create: { spacingSeconds: 120, jitterSeconds: 60, perDay: 5 },
};

export interface RobotConfig {
  robotId: string;
  puppet: string;
  options: Data;
  capabilities: string[] | null;
  autoStart: boolean;
  pacing: Pacing;
}

/** One connection: a gateway id, its token, and the robots the token is good for. */
export interface LinkConfig {
  gatewayId: string;
  token: string;
  robots: RobotConfig[];
}

export interface Config {
  server: string;
  stateFolder: string;
  snapshotMinutes: number;
  callTimeoutSeconds: number;
  links: LinkConfig[];
}

export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>;

const wrong = (message: string): never => { throw new ConfigError(message); };

export async function readConfig(path: string, environment: Environment): Promise<Config> {
  const text = await readFile(path, 'utf8').catch(() => wrong(`${path} can not be read`));
  return checkConfig(parse(text, path), environment, dirname(resolve(path)));
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return wrong(`${path} is no JSON`);
  }
}

/** Every wrong setting stops the start with one line that names it. */
export function checkConfig(value: unknown, environment: Environment, folder: string): Config {
  const root = object(value, 'the configuration', ['server', 'stateFolder', 'snapshotMinutes', 'callTimeoutSeconds', 'links']);
  const links = objects(root, 'links').map((link, index) => checkLink(link, `links[${index}]`, environment));
  const robots = links.flatMap(link => link.robots.map(robot => robot.robotId));
  if (new Set(robots).size < robots.length) wrong('a robotId stands twice');
  if (new Set(links.map(link => link.gatewayId)).size < links.length) wrong('a gatewayId stands twice: every link has its own');
  return {
    server: serverAddress(string(root, 'server', 'server')),
    stateFolder: resolve(folder, string(root, 'stateFolder', 'stateFolder')),
    snapshotMinutes: number(root, 'snapshotMinutes', 10, 1, 1440),
    callTimeoutSeconds: number(root, 'callTimeoutSeconds', 60, 1, 600),
    links,
  };
}

function checkLink(value: unknown, name: string, environment: Environment): LinkConfig {
  const link = object(value, name, ['gatewayId', 'tokenVariable', 'robots']);
  const gatewayId = string(link, 'gatewayId', `${name}.gatewayId`);
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(gatewayId)) wrong(`${name}.gatewayId may hold letters, digits, dots, _ and - only, at most 64`);
  const token = secret(environment, string(link, 'tokenVariable', `${name}.tokenVariable`));
  return { gatewayId, token, robots: objects(link, 'robots').map((robot, index) => checkRobot(robot, `${name}.robots[${index}]`, environment)) };
}

function checkRobot(value: unknown, name: string, environment: Environment): RobotConfig {
  const robot = object(value, name, ['robotId', 'puppet', 'options', 'optionVariables', 'capabilities', 'autoStart', 'pacing']);
  const variables = Object.entries(object(robot['optionVariables'] ?? {}, `${name}.optionVariables`))
    .map(([option, variable]) => [option, secret(environment, String(variable))]);
  const capabilities = robot['capabilities'] ?? null;
  if (capabilities !== null && !Array.isArray(capabilities)) wrong(`${name}.capabilities must be a list`);
  const robotId = string(robot, 'robotId', `${name}.robotId`);
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(robotId)) wrong(`${name}.robotId is no id of a robot`);
  return {
    robotId,
    puppet: string(robot, 'puppet', `${name}.puppet`),
    options: { ...object(robot['options'] ?? {}, `${name}.options`), ...Object.fromEntries(variables) },
    capabilities: capabilities as string[] | null,
    autoStart: robot['autoStart'] !== false,
    pacing: checkPacing(robot['pacing'] ?? {}, `${name}.pacing`),
  };
}

function checkPacing(value: unknown, name: string): Pacing {
  const given = object(value, name, paces);
  return Object.fromEntries(paces.map(kind => {
    const pace = object(given[kind] ?? {}, `${name}.${kind}`, ['spacingSeconds', 'jitterSeconds', 'perMinute', 'perDay']);
    for (const key of Object.keys(pace)) number(pace, key, 0, key.startsWith('per') ? 1 : 0, 100_000);
    return [kind, { ...defaultPacing[kind], ...pace }];
  })) as Pacing;
}

function serverAddress(text: string): string {
  if (!URL.canParse(text)) return wrong('server is no address');
  const url = new URL(text);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'wss:' && !(url.protocol === 'ws:' && isLoopback)) return wrong('server must begin with wss:// (ws:// on loopback only)');
  return `${url.protocol}//${url.host}`;
}

function secret(environment: Environment, variable: string): string {
  const value = environment[variable];
  if (value === undefined || value === '') return wrong(`the environment variable ${variable} is not set`);
  keepSecret(value);
  return value;
}

function object(value: unknown, name: string, known?: readonly string[]): Data {
  if (!isObject(value)) return wrong(`${name} must be an object`);
  const stranger = known === undefined ? undefined : Object.keys(value).find(key => !known.includes(key));
  return stranger === undefined ? value : wrong(`${name} has no setting ${stranger}`);
}

function objects(data: Data, name: string): unknown[] {
  const value = data[name];
  return Array.isArray(value) && value.length > 0 ? value : wrong(`${name} must be a list with something in it`);
}

function string(data: Data, key: string, name: string): string {
  const value = data[key];
  return typeof value === 'string' && value !== '' ? value : wrong(`${name} must be a text`);
}

function number(data: Data, key: string, normal: number, least: number, most: number): number {
  const value = data[key] ?? normal;
  return typeof value === 'number' && value >= least && value <= most ? value : wrong(`${key} must be a number from ${least} to ${most}`);
}
