import { iso } from '../clock.js';
import type { PaceName } from '../config.js';
import * as read from '../protocol/data.js';
import type { Data } from '../protocol/messages.js';
import { Failure } from '../protocol/messages.js';
import { freshMemberIds, membersOf } from '../robots/members.js';
import { failureOf } from '../robots/puppetErrors.js';
import type { Context } from './context.js';

const qrLives = 7 * 24 * 3600 * 1000;

type Room = Awaited<ReturnType<typeof needRoom>>;

export async function needRoom(context: Context, roomId: string) {
  try {
    return await context.call(() => context.robot.puppet.roomPayload(roomId));
  } catch (error) {
    // A puppet that knows no such group says so in many ways.
    if (error instanceof Failure && error.code === 'PUPPET_ERROR') throw new Failure('ROOM_NOT_FOUND', error.message);
    throw error;
  }
}

async function needOwner(context: Context, roomId: string): Promise<Room> {
  const room = await needRoom(context, roomId);
  const owner = none(room.ownerId);
  // Some platforms do not tell the owner; then the platform itself has to say no.
  if (owner !== null && owner !== context.selfId && !room.adminIdList.includes(context.selfId)) {
    throw new Failure('NOT_OWNER', 'the robot does not own the group');
  }
  return room;
}

const none = (text: string | undefined): string | null => text === undefined || text === '' ? null : text;

export async function createRoom(context: Context, data: Data): Promise<Data> {
  const [name, memberIds] = [read.text(data, 'name', 32), read.ids(data, 'memberIds', 2)];
  const before = new Set(await context.call(() => context.robot.puppet.roomList()));
  await context.pace('create');
  const roomId = await context.callOnce(() => context.robot.puppet.roomCreate(memberIds, name)).catch(error => madeAnyway(context, before, error));
  context.watch.lookSoon(roomId);
  return { roomId, nameApplied: await isNamed(context, roomId, name) };
}

// Making and naming are two calls to the platform; when the second fails the group is there nevertheless.
async function madeAnyway(context: Context, before: Set<string>, error: unknown): Promise<string> {
  if (!(error instanceof Failure) || !['PUPPET_ERROR', 'UNKNOWN_OUTCOME'].includes(error.code)) throw error;
  const now = await context.call(() => context.robot.puppet.roomList()).catch(() => []);
  const fresh = await Promise.all(now.filter(roomId => !before.has(roomId)).map(async roomId => {
    const room = await context.call(() => context.robot.puppet.roomPayload(roomId)).catch(() => null);
    return room !== null && [null, context.selfId].includes(none(room.ownerId)) ? roomId : null;
  }));
  const [made, ...others] = fresh.filter(roomId => roomId !== null);
  if (made !== undefined && others.length === 0) return made;
  throw error;
}

async function isNamed(context: Context, roomId: string, name: string): Promise<boolean> {
  try {
    await context.robot.within(context.robot.puppet.roomPayloadDirty(roomId));
    return (await context.call(() => context.robot.puppet.roomPayload(roomId))).topic === name;
  } catch {
    return false;
  }
}

export async function listRooms(context: Context): Promise<Data> {
  const roomIds = await context.call(() => context.robot.puppet.roomList());
  const rooms: Data[] = [];
  for (const roomId of roomIds) {
    try {
      const room = await context.call(() => context.robot.puppet.roomPayload(roomId));
      rooms.push({ roomId, name: room.topic, ownerId: none(room.ownerId), memberCount: room.memberIdList.length });
    } catch (error) {
      // Left meanwhile.
      if (!context.robot.isOnline) throw error;
    }
  }
  return { rooms };
}

export async function roomQr(context: Context, data: Data): Promise<Data> {
  const roomId = read.roomId(data);
  await needRoom(context, roomId);
  const qr = await context.call(() => context.robot.puppet.roomQRCode(roomId));
  const issued = context.robot.ports.clock.now();
  return { qr, issuedAt: iso(issued), expiresAt: iso(issued + qrLives), expiresAtIsEstimate: true };
}

export async function renameRoom(context: Context, data: Data): Promise<Data> {
  const [roomId, name] = [read.roomId(data), read.text(data, 'name', 32)];
  await needRoom(context, roomId);
  await context.call(() => context.robot.puppet.roomTopic(roomId, name));
  return {};
}

export async function announce(context: Context, data: Data): Promise<Data> {
  const [roomId, text] = [read.roomId(data), read.text(data, 'text', 2000)];
  await needOwner(context, roomId);
  await context.pace('announce');
  await context.callOnce(() => context.robot.puppet.roomAnnounce(roomId, text));
  return {};
}

export async function roomMembers(context: Context, data: Data): Promise<Data> {
  const roomId = read.roomId(data);
  await needRoom(context, roomId);
  const ids = await context.call(() => freshMemberIds(context.robot, roomId));
  const room = await needRoom(context, roomId);
  return { name: room.topic, ownerId: none(room.ownerId), members: await membersOf(context.robot, roomId, ids) };
}

export async function kick(context: Context, data: Data): Promise<Data> {
  const [roomId, memberIds] = [read.roomId(data), read.ids(data, 'memberIds', 1)];
  await needOwner(context, roomId);
  const present = await context.call(() => freshMemberIds(context.robot, roomId));
  return each(memberIds, async id => {
    if (!present.includes(id)) throw new Failure('NOT_MEMBER', 'not a member');
    await paced(context, 'kick', () => context.robot.puppet.roomDel(roomId, id), context.call.bind(context));
  });
}

export async function add(context: Context, data: Data): Promise<Data> {
  const [roomId, memberIds] = [read.roomId(data), read.ids(data, 'memberIds', 1)];
  await needRoom(context, roomId);
  return each(memberIds, id => paced(context, 'add', () => context.robot.puppet.roomAdd(roomId, id), context.callOnce.bind(context)));
}

async function paced(context: Context, kind: PaceName, ask: () => Promise<void>, by: (ask: () => Promise<void>) => Promise<void>): Promise<void> {
  await context.pace(kind);
  await by(ask);
}

// One verdict each, in order. When the platform has had enough, or the robot is gone, the rest is not tried.
async function each(ids: string[], act: (id: string) => Promise<void>): Promise<Data> {
  const results: Data[] = [];
  let end: Failure | null = null;
  for (const id of ids) {
    try {
      if (end !== null) throw end;
      await act(id);
      results.push({ id, ok: true });
    } catch (error) {
      const failure = failureOf(error);
      if (['RATE_LIMITED', 'ROBOT_OFFLINE', 'ROBOT_NOT_STARTED', 'EXPIRED'].includes(failure.code)) end = failure;
      results.push({ id, ok: false, error: failure.message, code: failure.code });
    }
  }
  return { results };
}
