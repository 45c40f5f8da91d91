import { rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';

/** Two processes on one state would destroy it. A local socket is a lock that a crash opens by itself. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  if (await answers(path)) throw new Error(`Another gateway runs on ${folder}`);
  await rm(path, { force: true });
  const server = createServer(socket => socket.destroy());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  server.unref();
  return () => new Promise(resolve => { server.close(() => resolve()); });
}

const answers = (path: string): Promise<boolean> => new Promise(resolve => {
  const socket = createConnection(path);
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});
