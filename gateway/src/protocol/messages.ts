/** The envelopes of docs/robot-gateway.md. */
export type Data = Record<string, unknown>;

export const errorCodes = [
  'BAD_REQUEST', 'UNKNOWN_COMMAND', 'ROBOT_NOT_STARTED', 'ROBOT_OFFLINE', 'ROOM_NOT_FOUND', 'NOT_OWNER', 'NOT_MEMBER',
  'RATE_LIMITED', 'UNSUPPORTED', 'EXPIRED', 'UNKNOWN_OUTCOME', 'PUPPET_ERROR',
] as const;
export type ErrorCode = typeof errorCodes[number];

export interface Hello {
  v: 1;
  kind: 'hello';
  gatewayId: string;
  version: string;
  puppet: string;
  robots: string[];
  lastSeq: number;
  capabilities: Record<string, string[]>;
}

export interface Command {
  v: 1;
  kind: 'cmd';
  id: string;
  type: string;
  robotId: string;
  deadline: string;
  data: Data;
}

export interface ResultError {
  code: ErrorCode;
  message: string;
  retryAfterSec?: number;
}

export type Result =
  | { v: 1; kind: 'result'; id: string; ok: true; data: Data }
  | { v: 1; kind: 'result'; id: string; ok: false; error: ResultError; data?: Data };

export interface GatewayEvent {
  v: 1;
  kind: 'event';
  seq: number;
  id: string;
  type: string;
  robotId: string;
  at: string;
  data: Data;
}

/** Why a command was not done, or not wholly: the only exception that carries a code. */
export class Failure extends Error {
  constructor(readonly code: ErrorCode, message: string, readonly more: { retryAfterSec?: number; data?: Data } = {}) {
    super(message);
  }
}

export const done = (id: string, data: Data): Result => ({ v: 1, kind: 'result', id, ok: true, data });

export function failed(id: string, { code, message, more }: Failure): Result {
  const error: ResultError = { code, message: message.slice(0, 500) };
  if (code === 'RATE_LIMITED') error.retryAfterSec = Math.max(1, Math.ceil(more.retryAfterSec ?? 60));
  return { v: 1, kind: 'result', id, ok: false, error, ...(more.data === undefined ? {} : { data: more.data }) };
}

export const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a server sent, if it is a command at all; its data is checked later, by its type. */
export function readCommand(value: Data): Command | null {
  const { id, type, robotId, deadline, data } = value;
  const isCommand = typeof id === 'string' && /^[A-Za-z0-9._:-]{1,100}$/.test(id) && typeof type === 'string'
    && typeof robotId === 'string' && typeof deadline === 'string' && !Number.isNaN(Date.parse(deadline)) && isObject(data);
  return isCommand ? { v: 1, kind: 'cmd', id, type, robotId, deadline, data } : null;
}
