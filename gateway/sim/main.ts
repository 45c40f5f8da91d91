import { run } from '../src/run.js';
import { simControl } from './simControl.js';
import { SimPuppet } from './simPuppet.js';

if (process.env['SIM'] !== '1') {
  process.stderr.write('The simulator runs only with SIM=1.\n');
  process.exit(1);
}
await run({ sim: ({ options }) => new SimPuppet(options) }, simControl);
