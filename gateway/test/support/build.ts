import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The tests that kill the gateway need it as a program; the other tests run the sources. */
export default function build(): void {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  mkdirSync(`${here}/node_modules/.cache/home`, { recursive: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.sim.json'], { cwd: here, stdio: 'inherit' });
}
