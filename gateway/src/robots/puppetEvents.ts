import type { payloads } from 'wechaty-puppet';
import { types } from 'wechaty-puppet';
import { iso } from '../clock.js';
import { memberOf, unknownMember } from './members.js';
import type { Robot } from './robot.js';
import type { RoomWatch } from './roomWatch.js';

const scanStatus: Record<number, string> = { 1: 'cancel', 2: 'waiting', 3: 'scanned', 4: 'confirmed', 5: 'timeout' };

const messageTypes: Record<number, string> = {
  [types.Message.Attachment]: 'attachment', [types.Message.Audio]: 'audio', [types.Message.Contact]: 'contact',
  [types.Message.Emoticon]: 'emoticon', [types.Message.Image]: 'image', [types.Message.Text]: 'text',
  [types.Message.MiniProgram]: 'miniProgram', [types.Message.Recalled]: 'recalled', [types.Message.Url]: 'url', [types.Message.Video]: 'video',
};

const none = (text: string | undefined): string | null => text === undefined || text === '' ? null : text;

/** Some puppets say seconds, some milliseconds, some nothing. */
export const instant = (timestamp: number | undefined, now: number): string => {
  if (timestamp === undefined || !(timestamp > 0)) return iso(now);
  return iso(timestamp < 1e11 ? timestamp * 1000 : timestamp);
};

/** Turns what a puppet says into our events, in the order in which it said it. */
export function listen(robot: Robot, watch: RoomWatch): void {
  const { puppet } = robot;
  // Never throws into the puppet's emit(), and takes the time before anything else is waited for.
  const on = <T>(work: (payload: T, at: number) => Promise<void>) => (payload: T): void => {
    const at = robot.ports.clock.now();
    robot.inLine(() => work(payload, at));
  };
  const { report } = robot.ports;
  puppet.on('scan', on<payloads.EventScan>(({ qrcode, status }, at) => {
    const isWaiting = status === types.ScanStatus.Waiting;
    return report('robot.scan', { qr: isWaiting ? none(qrcode) : null, status: scanStatus[status] ?? 'unknown' }, at);
  }));
  puppet.on('login', on<payloads.EventLogin>(({ contactId }, at) => login(robot, contactId, at)));
  puppet.on('ready', on<payloads.EventReady>(async (_, at) => {
    await report('robot.ready', {}, at);
    await watch.lookAtAll();
  }));
  puppet.on('logout', on<payloads.EventLogout>(({ contactId, data }, at) =>
    report('robot.logout', { userId: none(contactId), reason: none(data) }, at)));
  puppet.on('room-join', on<payloads.EventRoomJoin>((payload, at) => joined(robot, watch, payload, at)));
  puppet.on('room-leave', on<payloads.EventRoomLeave>((payload, at) => left(robot, watch, payload, at)));
  puppet.on('room-topic', on<payloads.EventRoomTopic>(({ roomId, newTopic, oldTopic, changerId, timestamp }, at) =>
    report('room.renamed', { roomId, name: newTopic, oldName: none(oldTopic), changerId: none(changerId), at: instant(timestamp, at) }, at)));
  puppet.on('message', on<payloads.EventMessage>(({ messageId }, at) => said(robot, messageId, at)));
  puppet.on('friendship', on<payloads.EventFriendship>(({ friendshipId }, at) => befriended(robot, friendshipId, at)));
}

async function login(robot: Robot, userId: string, at: number): Promise<void> {
  const contact = await robot.within(robot.puppet.contactPayload(userId)).catch(() => null);
  await robot.ports.report('robot.login', { userId, name: contact?.name ?? '', avatar: none(contact?.avatar) }, at);
}

async function joined(robot: Robot, watch: RoomWatch, payload: payloads.EventRoomJoin, at: number): Promise<void> {
  const { roomId, inviteeIdList, timestamp } = payload;
  const ids = inviteeIdList.filter(id => id !== '');
  const found = await Promise.all(ids.map(id => memberOf(robot, roomId, id)));
  const members = ids.map((id, index) => found[index] ?? unknownMember(id));
  const inviterId = none(payload.inviterId);
  const scene = inviterId === null ? 'unknown' : inviterId === robot.selfId ? 'robot' : 'member';
  // The platform did not say who, or knows nothing about him yet.
  const needResync = ids.length === 0 || ids.length < inviteeIdList.length || found.includes(null);
  await robot.ports.report('room.memberJoined', { roomId, members, inviterId, scene, at: instant(timestamp, at), needResync }, at);
  watch.joined(roomId, ids);
  await followUp(watch, roomId, needResync);
}

async function left(robot: Robot, watch: RoomWatch, payload: payloads.EventRoomLeave, at: number): Promise<void> {
  const { roomId, removeeIdList, timestamp } = payload;
  const memberIds = removeeIdList.filter(id => id !== '');
  const removerId = none(payload.removerId);
  const how = removerId === null || memberIds.includes(removerId) ? 'left' : 'kicked';
  const needResync = memberIds.length === 0 || memberIds.length < removeeIdList.length;
  await robot.ports.report('room.memberLeft', { roomId, memberIds, removerId, how, at: instant(timestamp, at), needResync }, at);
  if (robot.selfId !== null && memberIds.includes(robot.selfId)) {
    watch.forget(roomId);
    return;
  }
  watch.left(roomId, memberIds);
  await followUp(watch, roomId, needResync);
}

async function followUp(watch: RoomWatch, roomId: string, needResync: boolean): Promise<void> {
  if (needResync) await watch.tell(roomId, 'resync');
  else watch.lookSoon(roomId);
}

async function said(robot: Robot, messageId: string, at: number): Promise<void> {
  const message = await robot.within(robot.puppet.messagePayload(messageId));
  const { roomId, talkerId } = message;
  // What the robot says comes back as well. What is said to it alone is nobody's business.
  if (roomId === undefined || roomId === '' || talkerId === '' || talkerId === robot.selfId) return;
  const sender = await memberOf(robot, roomId, talkerId);
  const type = messageTypes[message.type] ?? 'other';
  await robot.ports.report('room.message', {
    msgId: messageId, roomId, senderId: talkerId, senderName: sender?.roomAlias ?? sender?.name ?? '', type,
    text: type === 'text' ? [...message.text ?? ''].slice(0, 10_000).join('') : null,
    mentionIds: 'mentionIdList' in message ? message.mentionIdList ?? [] : [], at: instant(message.timestamp, at),
  }, at);
}

async function befriended(robot: Robot, requestId: string, at: number): Promise<void> {
  const request = await robot.within(robot.puppet.friendshipPayload(requestId));
  if (request.type !== types.Friendship.Receive) return;
  const contact = await robot.within(robot.puppet.contactPayload(request.contactId)).catch(() => null);
  await robot.ports.report('friend.request', {
    requestId, contactId: none(request.contactId), name: contact?.name ?? '', hello: none(request.hello), at: instant(request.timestamp, at),
  }, at);
}
