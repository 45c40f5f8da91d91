import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Data, Result } from '../src/protocol/messages.js';
import { FakeServer, token } from './support/fakeServer.js';

const here = fileURLToPath(new URL('..', import.meta.url));
let server: FakeServer;
let folder: string;
let child: ChildProcess;
let printed: string;
let count = 0;

beforeEach(async () => {
  [server, folder, printed] = [await FakeServer.start(), await mkdtemp(join(tmpdir(), 'process-')), ''];
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) await ended('SIGKILL');
  await server.stop();
  await rm(folder, { recursive: true });
  expect(server.faults).toEqual([]);
  expect(printed).not.toContain(token);
});

const config = (more: Data = {}): Data => ({
  server: server.address, stateFolder: 'state', ...more,
  links: [{ gatewayId: 'gw-1', tokenVariable: 'TOKEN', robots: [{ robotId: 'r1', puppet: 'sim', optionVariables: {} }] }],
});

async function start(program: string, environment: Record<string, string>, settings = config()): Promise<void> {
  await writeFile(join(folder, 'gateway.json'), JSON.stringify(settings));
  const env = { PATH: '', HOME: folder, TOKEN: token, ...environment };
  child = spawn(process.execPath, [join(here, program), join(folder, 'gateway.json')], { env, stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', piece => { printed += String(piece); });
}

async function startSim(): Promise<void> {
  const hellos = server.hellos.length;
  await start('artifacts/sim/sim/main.js', { SIM: '1' });
  await server.until('hello', () => server.hellos.length > hellos);
  await asked('the start', async () => {
    const result = await send('robot.status');
    return result.ok && result.data['started'] === true;
  });
  expect(await send('sim.login')).toMatchObject({ ok: true });
}

const send = (type: string, data: Data = {}, id = `p-${++count}`): Promise<Result> =>
  server.command({ id, type, robotId: 'r1', deadline: new Date(Date.now() + 600_000).toISOString(), data });

/** Each question is a round trip, so this does not spin. */
async function asked(what: string, look: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 2000; time++) {
    if (await look()) return;
    await send('robot.status');
  }
  throw new Error(`never: ${what}`);
}

async function ended(signal?: NodeJS.Signals): Promise<number | null> {
  const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  if (signal !== undefined) child.kill(signal);
  await exit;
  return child.exitCode;
}

const stateFile = (): Promise<string> => readFile(join(folder, 'state/gw-1/state.log'), 'utf8');
const seeds = { name: '群', memberIds: ['wxid_friend1', 'wxid_friend2'] };

describe('a gateway that is killed', () => {
  it('in the middle of a command says that nobody knows, and does not try it again', async () => {
    await startSim();
    await send('sim.failNext', { fault: 'hang', method: 'roomCreate' });
    server.sendCommand({ id: 'made', type: 'room.create', robotId: 'r1', deadline: new Date(Date.now() + 600_000).toISOString(), data: seeds });
    await asked('the beginning', async () => (await stateFile()).includes('"is":"begun","id":"made"'));
    await ended('SIGKILL');

    await startSim();
    expect(await send('room.create', seeds, 'made')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_OUTCOME' } });
    expect(await send('room.list')).toMatchObject({ ok: true, data: { rooms: [] } });
    expect(await send('room.create', seeds, 'another')).toMatchObject({ ok: true });
  });

  it('loses no event, and gives none another number', async () => {
    server.acknowledges = false;
    for (let time = 0; time < 4; time++) {
      await startSim();
      const made = await send('room.create', seeds);
      const roomId = made.ok ? made.data['roomId'] : null;
      for (let index = 0; index < 20; index++) void send('sim.say', { roomId, memberId: 'wxid_friend1', text: `${time}-${index}` }).catch(() => {});
      await server.event('room.message', data => data['text'] === `${time}-10`);
      await ended('SIGKILL');
    }
    // Before the next start: what that one reports for the first time comes only once.
    const highest = Math.max(...server.frames.map(frame => frame.seq));
    const times = (): number => server.frames.filter(frame => frame.seq === highest).length;
    const before = times();
    await startSim();
    await server.until('everything again', () => times() > before);
    const numbers = new Map<number, Set<string>>();
    for (const { seq, id } of server.frames) numbers.set(seq, (numbers.get(seq) ?? new Set()).add(id));
    expect([...numbers.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: numbers.size }, (_, index) => index + 1));
    expect([...numbers.values()].every(ids => ids.size === 1)).toBe(true);
  });
});

describe('a gateway that is told to stop', () => {
  it('says goodbye and leaves files that are nobody else\'s', async () => {
    await startSim();
    await send('room.create', seeds);
    const modes = await Promise.all((await readdir(join(folder, 'state'), { recursive: true })).map(name => stat(join(folder, 'state', name))));
    expect(modes.length).toBeGreaterThan(2);
    expect(modes.filter(({ mode }) => (mode & 0o077) !== 0)).toEqual([]);
    expect(await ended('SIGTERM')).toBe(0);
    expect(printed).toContain('"event":"gateway.stopping"');
  });

  it('is alone on its folder', async () => {
    await startSim();
    const first = child;
    await start('artifacts/sim/sim/main.js', { SIM: '1' });
    expect(await ended()).toBe(1);
    expect(printed).toContain('Another gateway runs');
    child = first;
  });
});

describe('a wrong setting stops the start with a line that names it', () => {
  const wrong = (settings: Data): Data => ({ ...config(), ...settings });

  const stranger = [{ gatewayId: 'g', tokenVariable: 'TOKEN', robots: [{ robotId: 'r1', puppet: 'no-such-puppet' }] }];

  it.each<[string, Data | null, string]>([
    ['no token', null, 'TOKEN is not set'],
    ['plain text on the network', { server: 'ws://hm.example.com' }, 'server must begin with wss://'],
    ['a stranger', { colour: 'red' }, 'has no setting colour'],
    ['no links', { links: [] }, 'links must be a list'],
    ['an absurd number', { snapshotMinutes: 0 }, 'snapshotMinutes must be a number'],
    ['a package that is not there', { links: stranger }, 'is not installed'],
  ])('%s', async (_, settings, message) => {
    await start('artifacts/sim/sim/main.js', { SIM: '1', ...settings === null ? { TOKEN: '' } : {} }, wrong(settings ?? {}));
    expect(await ended()).toBe(1);
    expect(printed).toContain(message);
  });

  it('a log that prints tokens', async () => {
    await start('artifacts/sim/sim/main.js', { SIM: '1', WECHATY_LOG: 'silly' });
    expect(await ended()).toBe(1);
    expect(printed).toContain('WECHATY_LOG');
  });
});

describe('the simulator', () => {
  it('runs only when asked for', async () => {
    await start('artifacts/sim/sim/main.js', {});
    expect(await ended()).toBe(1);
  });

  it('is unknown to the production program', async () => {
    await start('artifacts/sim/src/main.js', { SIM: '1' });
    expect(await ended()).toBe(1);
    expect(printed).toContain('The simulator is no part of this build');
    const list = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--listFilesOnly'];
    const built = execFileSync(process.execPath, list, { cwd: here, encoding: 'utf8' }).split('\n')
      .filter(file => file.startsWith(here) && !file.includes('node_modules'));
    expect(built.some(file => file.endsWith('/src/main.ts'))).toBe(true);
    expect(built.filter(file => file.includes('/sim/') || file.includes('/test/'))).toEqual([]);
  });
});

describe('a wrong token', () => {
  it('is said once in a while, never shown', async () => {
    await start('artifacts/sim/sim/main.js', { SIM: '1', TOKEN: 'another-token-that-is-wrong' });
    await server.until('the refusal', () => server.requests.length > 0);
    while (!printed.includes('"code":401')) await once(child.stderr as NodeJS.EventEmitter, 'data');
    expect(printed).toContain('"pause":300000');
    expect(printed).not.toContain('another-token-that-is-wrong');
  });
});
