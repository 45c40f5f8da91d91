import type { Data } from '../protocol/messages.js';
import type { Robot } from './robot.js';

export interface Member extends Data {
  id: string;
  name: string;
  roomAlias: string | null;
  avatar: string | null;
  inviterId: string | null;
}

const none = (text: string | undefined): string | null => text === undefined || text === '' ? null : text;

/** Null when the platform does not say. */
export async function memberOf(robot: Robot, roomId: string, id: string): Promise<Member | null> {
  try {
    const payload = await robot.within(robot.puppet.roomMemberPayload(roomId, id));
    return { id, name: payload.name ?? '', roomAlias: none(payload.roomAlias), avatar: none(payload.avatar), inviterId: none(payload.inviterId) };
  } catch {
    return null;
  }
}

export const unknownMember = (id: string): Member => ({ id, name: '', roomAlias: null, avatar: null, inviterId: null });

export async function membersOf(robot: Robot, roomId: string, ids: string[]): Promise<Member[]> {
  const members: Member[] = [];
  // In small lots: some platforms count questions too.
  for (let start = 0; start < ids.length; start += 10) {
    const lot = ids.slice(start, start + 10);
    members.push(...await Promise.all(lot.map(async id => await memberOf(robot, roomId, id) ?? unknownMember(id))));
  }
  return members;
}

/** What the platform says now, not what the puppet remembers. */
export async function freshMemberIds(robot: Robot, roomId: string): Promise<string[]> {
  await robot.within(robot.puppet.roomPayloadDirty(roomId));
  await robot.within(robot.puppet.roomMemberPayloadDirty(roomId));
  return [...new Set(await robot.within(robot.puppet.roomMemberList(roomId)))].filter(id => id !== '');
}
