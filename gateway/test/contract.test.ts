import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands/commands.js';
import * as read from '../src/protocol/data.js';
import type { Data } from '../src/protocol/messages.js';
import { Failure, errorCodes, readCommand } from '../src/protocol/messages.js';
import { allCapabilities } from '../src/robots/puppets.js';
import { examples, faultsOf, schemas } from './support/contracts.js';

const helpers = new Set([
  'id', 'time', 'member', 'commandId', 'error',
  'textPart', 'imageUrlPart', 'imageDataPart', 'linkPart', 'each', 'state', 'roomName', 'text',
]);

describe('the contract', () => {
  it.each(examples)('$schema: $name', ({ schema, value, valid, reason }) => {
    expect(faultsOf(schema, value) === null).toBe(valid);
    expect(reason === undefined).toBe(valid);
  });

  it('has a valid example of every message and data', () => {
    const shown = new Set(examples.filter(example => example.valid).map(example => example.schema));
    expect(schemas.filter(schema => !helpers.has(schema.split('/').at(-1) ?? '') && !shown.has(schema))).toEqual([]);
  });

  it('names the commands, capabilities and errors the gateway names', () => {
    const named = schemas.filter(schema => schema.endsWith('.data')).map(schema => schema.slice('commands.schema.json#/$defs/'.length, -'.data'.length));
    expect([...Object.keys(commands), 'robot.status'].sort()).toEqual(named.sort());
    expect(allCapabilities.filter(name => !/\.(image|link)$/.test(name)).sort()).toEqual(named.sort());
    for (const code of errorCodes) {
      const error = { code, message: '', ...code === 'RATE_LIMITED' ? { retryAfterSec: 1 } : {} };
      expect(faultsOf('envelopes.schema.json#/$defs/error', error)).toBeNull();
    }
  });
});

const readers: Record<string, (data: Data) => unknown> = {
  'room.create': data => [read.text(data, 'name', 32), read.ids(data, 'memberIds', 2)],
  'room.qr': read.roomId,
  'room.rename': data => [read.roomId(data), read.text(data, 'name', 32)],
  'room.announce': data => [read.roomId(data), read.text(data, 'text', 2000)],
  'room.send': data => [read.roomId(data), read.parts(data)],
  'room.kick': data => [read.roomId(data), read.ids(data, 'memberIds', 1)],
  'room.members': read.roomId,
  'room.add': data => [read.roomId(data), read.ids(data, 'memberIds', 1)],
};

describe('the readers agree with the schemas', () => {
  const data = examples.filter(({ schema }) => Object.keys(readers).some(type => schema.endsWith(`/${type}.data`)));

  it.each(data)('$schema: $name', ({ schema, value, valid }) => {
    const reader = readers[schema.split('/').at(-1)?.slice(0, -'.data'.length) ?? ''] as (data: Data) => unknown;
    if (valid) expect(() => reader(value as Data)).not.toThrow();
    else expect(() => reader(value as Data)).toThrow(Failure);
  });

  it.each(examples.filter(({ schema, name }) => schema.endsWith('/cmd') && name !== 'local time'))('cmd: $name', ({ value, valid }) => {
    expect(readCommand(value as Data) !== null).toBe(valid);
  });
});
