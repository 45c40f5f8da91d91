import { messageOf } from '../log.js';
import { Failure } from '../protocol/messages.js';

const day = 86_400;

/** Puppets say no in words. First fit wins. */
const words: [RegExp, (message: string) => Failure][] = [
  [/创建群聊的频率过快|请明日再试/, message => new Failure('RATE_LIMITED', message, { retryAfterSec: day })],
  [/频繁|频率过快|too (many|fast|frequent)|rate limit|\b1205\b/i, message => new Failure('RATE_LIMITED', message, { retryAfterSec: 600 })],
  [/unsupported|not (supported|implemented)/i, message => new Failure('UNSUPPORTED', message)],
  [/not logged ?in|logged out|logout|not login/i, message => new Failure('ROBOT_OFFLINE', message)],
  [/not (the )?(room )?owner|only (the )?owner|no permission|无权限|群主/i, message => new Failure('NOT_OWNER', message)],
  [/not a member|not in the room|no such member/i, message => new Failure('NOT_MEMBER', message)],
  [/no payload found|room not found|no such room/i, message => new Failure('ROOM_NOT_FOUND', message)],
];

export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // gRPC writes its own code in front: “2 UNKNOWN: Error: …”.
  const message = messageOf(error).replace(/^\d+ [A-Z_]+: (Error: )?/, '');
  return words.find(([pattern]) => pattern.test(message))?.[1](message) ?? new Failure('PUPPET_ERROR', message);
}
