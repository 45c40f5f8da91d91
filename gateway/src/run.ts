import { chmod, mkdir } from 'node:fs/promises';
import { log as puppetLog } from 'wechaty-puppet';
import { systemClock } from './clock.js';
import type { SimControl } from './commands/desk.js';
import { ConfigError, readConfig } from './config.js';
import { Gateway, version } from './gateway.js';
import { log, messageOf } from './log.js';
import type { PuppetMaker } from './robots/puppets.js';
import { lockFolder } from './store/lock.js';

/** Runs until it is told to stop. What is given here is no part of the production build. */
export async function run(puppets: Record<string, PuppetMaker> = {}, simControl: SimControl | null = null): Promise<void> {
  // Login sessions of accounts are among the files.
  process.umask(0o077);
  // What puppets print is not ours, is no JSON, and may hold what nobody should read.
  if (process.env['WECHATY_LOG'] === undefined) puppetLog.level('silent');
  process.on('unhandledRejection', error => log('process.rejection', { message: messageOf(error) }));
  process.on('uncaughtException', error => { log('process.exception', { message: messageOf(error) }); process.exit(1); });
  try {
    await start(puppets, simControl);
  } catch (error) {
    log(error instanceof ConfigError ? 'config.wrong' : 'process.failed', { message: messageOf(error) });
    process.exit(1);
  }
}

async function start(puppets: Record<string, PuppetMaker>, simControl: SimControl | null): Promise<void> {
  if (/^(verbose|silly)$/.test(process.env['WECHATY_LOG'] ?? '')) throw new ConfigError('WECHATY_LOG=verbose prints the tokens of puppets; leave it unset');
  const config = await readConfig(process.argv[2] ?? 'gateway.json', process.env);
  await mkdir(config.stateFolder, { recursive: true, mode: 0o700 });
  await chmod(config.stateFolder, 0o700);
  const unlock = await lockFolder(config.stateFolder);
  const broken = (error: unknown): void => {
    log('state.broken', { message: messageOf(error) });
    process.exit(1);
  };
  const gateways: Gateway[] = [];
  for (const link of config.links) gateways.push(await Gateway.open(config, link, { clock: systemClock, log, broken, puppets, simControl }));
  gateways.forEach(gateway => gateway.start());
  log('gateway.started', { version, links: gateways.length });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log('gateway.stopping', { signal });
      // A second signal, or a puppet that does not stop, ends it at once.
      setTimeout(() => process.exit(1), 30_000).unref();
      Promise.all(gateways.map(gateway => gateway.stop())).then(unlock).then(() => process.exit(0), () => process.exit(1));
    });
  }
}
