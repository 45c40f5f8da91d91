import { types } from 'wechaty-puppet';
import type { PaceName } from '../config.js';
import type { Data } from '../protocol/messages.js';
import { failureOf } from '../robots/puppetErrors.js';
import type { Robot } from '../robots/robot.js';
import type { Context } from './context.js';
import { add, announce, createRoom, kick, listRooms, renameRoom, roomMembers, roomQr } from './rooms.js';
import { send } from './sending.js';

export interface CommandKind {
  run: (context: Context, data: Data) => Promise<Data>;
  /** Must not happen twice: written down before and after. */
  once?: boolean;
  /** Works without a login. */
  offline?: boolean;
  /** Waits for its turn; a command that could not begin before its deadline expires. */
  pace?: PaceName;
}

/** Every command there is. */
export const commands: Record<string, CommandKind> = {
  'robot.start': { run: async ({ robot }) => ({ state: await asked(robot.start()) }), offline: true },
  'robot.stop': { run: async ({ robot }) => ({ state: await asked(robot.stop()) }), offline: true },
  'robot.logout': { run: async ({ robot }) => ({ state: await asked(robot.logout()) }), offline: true },
  'contact.list': { run: listContacts },
  'room.create': { run: createRoom, once: true, pace: 'create' },
  'room.list': { run: listRooms },
  'room.qr': { run: roomQr },
  'room.rename': { run: renameRoom },
  'room.announce': { run: announce, once: true, pace: 'announce' },
  'room.send': { run: send, once: true, pace: 'message' },
  'room.kick': { run: kick, pace: 'kick' },
  'room.members': { run: roomMembers },
  'room.add': { run: add, once: true, pace: 'add' },
};

const asked = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw failureOf(error);
  }
};

/** robot.status: answered at once, whatever else the robot is doing. */
export async function statusOf(robot: Robot): Promise<Data> {
  const userId = robot.selfId;
  const self = userId === null ? null : await robot.within(robot.puppet.contactPayload(userId)).catch(() => null);
  const qr = robot.state === 'scanning' ? robot.puppet.authQrCode ?? null : null;
  return {
    started: robot.isStarted, loggedIn: robot.isOnline, userId, qr, state: robot.state,
    name: self?.name ?? null, avatar: self?.avatar || null, capabilities: robot.ports.capabilities,
  };
}

async function listContacts(context: Context): Promise<Data> {
  const ids = await context.call(() => context.robot.puppet.contactList());
  const contacts: Data[] = [];
  for (const id of ids) {
    const contact = await context.call(() => context.robot.puppet.contactPayload(id)).catch(() => null);
    // People only: no official accounts, not the robot itself.
    if (contact === null || id === context.selfId || contact.type === types.Contact.Official) continue;
    contacts.push({ id, name: contact.name, avatar: contact.avatar || null, friend: contact.friend === true });
  }
  return { contacts };
}
