import { describe, expect, it } from 'vitest';
import type { Robot } from '@/api/types';
import { commandOf, keyOf, serverOf, sinceOf, stateOf, waitsForScan } from './robotState';

type Part = Pick<Robot, 'enabled' | 'online' | 'since' | 'login'>;

function robot(more: Partial<Omit<Part, 'login'>> & { login?: Partial<Robot['login']> } = {}): Part {
  return {
    enabled: true, online: true, since: '2026-11-22T04:00:00.000Z', ...more,
    login: { state: 'online', at: '2026-11-22T05:00:00.000Z', qr: null, scan: null, scanAt: null, userId: null, userName: null, avatar: null, ...more.login },
  };
}

describe('robotState', () => {
  it('says first what keeps a robot from working', () => {
    expect(stateOf(robot())).toEqual({ tone: 'good', key: 'online' });
    expect(stateOf(robot({ enabled: false, online: false }))).toEqual({ tone: 'mute', key: 'disabled' });
    expect(stateOf(robot({ online: false }))).toEqual({ tone: 'bad', key: 'disconnected' });
    expect(stateOf(robot({ online: false, since: null }))).toEqual({ tone: 'mute', key: 'never' });
    expect(stateOf(robot({ login: { state: 'offline' } }))).toEqual({ tone: 'bad', key: 'offline' });
    expect(stateOf(robot({ login: { state: 'scanning' } })).tone).toBe('warn');
  });

  it('knows when there is a QR to scan', () => {
    expect(waitsForScan(robot({ login: { state: 'scanning', qr: 'https://login' } }))).toBe(true);
    expect(waitsForScan(robot({ online: false, login: { state: 'scanning' } }))).toBe(false);
    expect(waitsForScan(robot())).toBe(false);
  });

  it('counts from what made it so', () => {
    expect(sinceOf(robot())).toBe('2026-11-22T05:00:00.000Z');
    expect(sinceOf(robot({ online: false }))).toBe('2026-11-22T04:00:00.000Z');
    expect(sinceOf(robot({ login: { at: null } }))).toBe('2026-11-22T04:00:00.000Z');
    expect(sinceOf(robot({ enabled: false }))).toBeNull();
  });

  it('writes what the gateway needs', () => {
    expect(serverOf('https://hm.example.com')).toBe('wss://hm.example.com');
    expect(serverOf('http://localhost:5080')).toBe('ws://localhost:5080');
    expect(commandOf('hmr_a-b_c')).toBe("HUOMA_TOKEN_R1='hmr_a-b_c' node dist/main.js gateway.json");
    expect(keyOf('room.send.image')).toBe('room-send-image');
  });
});
