import type { FileBoxInterface } from 'file-box';
import type { payloads } from 'wechaty-puppet';
import type { Part } from '../protocol/data.js';
import { parts as readParts, roomId as readRoomId } from '../protocol/data.js';
import type { Data } from '../protocol/messages.js';
import { Failure } from '../protocol/messages.js';
import { freshMemberIds, memberOf } from '../robots/members.js';
import type { Context } from './context.js';
import { needRoom } from './rooms.js';
import { mentionedIn, withMentions } from './mentions.js';

type Ready = { text: string; mentionIds: string[] } | { file: FileBoxInterface } | { link: payloads.UrlLink };

/** room.send: everything is fetched and checked before the first part goes out; stops at the first that fails. */
export async function send(context: Context, data: Data): Promise<Data> {
  const [roomId, parts] = [readRoomId(data), readParts(data)];
  await needRoom(context, roomId);
  const ready = await Promise.all(parts.map(part => prepare(context, roomId, part)));
  const msgIds: (string | null)[] = [];
  for (const part of ready) {
    try {
      await context.pace('message');
      msgIds.push(await context.callOnce(() => sendPart(context, roomId, part)) || null);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const sent = { msgIds, sentParts: msgIds.length };
      throw msgIds.length === 0 ? error : new Failure(error.code, error.message, { ...error.more, data: sent });
    }
  }
  return { msgIds };
}

async function prepare(context: Context, roomId: string, part: Part): Promise<Ready> {
  switch (part.type) {
    case 'text': {
      const names = await namesOf(context, roomId, mentionedIn(part.text, part.mentionIds));
      return { text: withMentions(part.text, part.mentionIds, names), mentionIds: [...names.keys()] };
    }
    case 'image':
      return { file: 'url' in part ? await context.pictures.fetched(part.url, part.name) : context.pictures.decoded(part.base64, part.name) };
    case 'link': {
      if (part.thumbUrl !== null) context.pictures.checkAddress(part.thumbUrl);
      const thumbnail = part.thumbUrl === null ? {} : { thumbnailUrl: part.thumbUrl };
      return { link: { title: part.title, description: part.description, url: part.url, ...thumbnail } };
    }
  }
}

// Who has left meanwhile is not mentioned.
async function namesOf(context: Context, roomId: string, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const present = await context.call(() => freshMemberIds(context.robot, roomId));
  const members = await Promise.all(ids.filter(id => present.includes(id)).map(id => memberOf(context.robot, roomId, id)));
  return new Map(members.flatMap(member => member === null ? [] : [[member.id, member.roomAlias ?? member.name]]));
}

function sendPart({ robot: { puppet } }: Context, roomId: string, part: Ready): Promise<string | void> {
  if ('file' in part) return puppet.messageSendFile(roomId, part.file);
  if ('link' in part) return puppet.messageSendUrl(roomId, part.link);
  return puppet.messageSendText(roomId, part.text, part.mentionIds);
}
