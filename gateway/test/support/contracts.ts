import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';

export interface Example { schema: string; name: string; valid: boolean; value: unknown; reason?: string }

const folder = fileURLToPath(new URL('../../../tests/contracts/robot-gateway', import.meta.url));
const read = <T>(path: string): T => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as T;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
const files = readdirSync(folder).filter(name => name.endsWith('.schema.json'));
for (const name of files) ajv.addSchema(read<object>(name), name);

/** All schemas of messages and data, as the examples name them. */
export const schemas = files.flatMap(name => Object.keys(read<{ $defs: object }>(name).$defs).map(key => `${name}#/$defs/${key}`));

export const examples = readdirSync(`${folder}/examples`).flatMap(name => read<Example[]>(`examples/${name}`));

/** What is wrong with a value, or null. */
export function faultsOf(schema: string, value: unknown): string | null {
  const validate = ajv.getSchema(schema);
  if (validate === undefined) return `there is no schema ${schema}`;
  return validate(value) === true ? null : `${schema}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`;
}
