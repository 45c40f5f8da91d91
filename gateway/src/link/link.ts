import WebSocket from 'ws';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf } from '../log.js';
import type { Data, Hello, Result } from '../protocol/messages.js';
import { isObject } from '../protocol/messages.js';
import type { State } from '../store/state.js';

export const largestFrame = 8 * 1024 * 1024;
const window = 1000;
const silenceEnds = 45_000;
const pauseAfter: Record<number, number> = { 4400: 30_000, 4401: 300_000, 4403: 300_000, 4406: 300_000, 4409: 60_000 };

export interface LinkPorts {
  address: string;
  token: string;
  gatewayId: string;
  hello: () => Hello;
  state: State;
  clock: Clock;
  log: Log;
  onCommand: (command: Data) => void;
  onWelcome: () => void;
}

/** The connection to the server: dials again for ever, sends what is not acknowledged, hands commands over. */
export class Link {
  private socket: WebSocket | null = null;
  private welcomed = false;
  private sentUpTo = 0;
  private skew = 0;
  private callOffSilence = (): void => {};

  constructor(private readonly ports: LinkPorts) {}

  get isConnected(): boolean { return this.welcomed; }

  /** What the server's clock shows; deadlines are by that one. */
  get serverNow(): number { return this.ports.clock.now() + this.skew; }

  async run(stop: AbortSignal): Promise<void> {
    stop.addEventListener('abort', () => this.socket?.close(1000, 'stopping'));
    for (let failures = 0; !stop.aborted;) {
      const ended = await this.session();
      failures = ended.welcomed ? 0 : failures + 1;
      const backOff = Math.min(30_000, 400 * 2 ** Math.min(failures, 10)) * (0.5 + this.ports.clock.random() / 2);
      const pause = ended.code === 401 ? 300_000 : pauseAfter[ended.code] ?? backOff;
      if (stop.aborted) break;
      this.ports.log('link.lost', { gatewayId: this.ports.gatewayId, code: ended.code, pause: Math.round(pause) });
      await this.ports.clock.wait(pause, stop).catch(() => {});
    }
  }

  /** To the session of the moment; the server asks again for what it did not get. */
  send(result: Result): void {
    if (!this.welcomed) return;
    const text = JSON.stringify(result);
    if (Buffer.byteLength(text) <= largestFrame) {
      this.socket?.send(text);
    } else {
      this.send({ v: 1, kind: 'result', id: result.id, ok: false, error: { code: 'PUPPET_ERROR', message: 'the result is over 8 MB' } });
    }
  }

  /** Sends events that are on the disk and not under way yet. */
  pump(): void {
    if (!this.welcomed || this.socket === null) return;
    const room = window - (this.sentUpTo - this.ports.state.firstUnacknowledged + 1);
    for (const event of room > 0 ? this.ports.state.eventsAfter(this.sentUpTo, room) : []) {
      this.socket.send(JSON.stringify(event));
      this.sentUpTo = event.seq;
    }
  }

  private session(): Promise<{ code: number; welcomed: boolean }> {
    const { address, token, gatewayId, log } = this.ports;
    return new Promise(resolve => {
      let [refused, welcomed] = [0, false];
      const socket = new WebSocket(`${address}/robot-gateway/v1/ws`, {
        headers: { authorization: `Bearer ${token}`, 'x-gateway-id': gatewayId },
        maxPayload: largestFrame, perMessageDeflate: false, followRedirects: false, handshakeTimeout: 15_000,
      });
      this.socket = socket;
      socket.on('open', () => {
        this.watchSilence(socket);
        socket.send(JSON.stringify(this.ports.hello()));
      });
      socket.on('ping', () => this.watchSilence(socket));
      socket.on('message', (content, isBinary) => {
        this.watchSilence(socket);
        if (isBinary) return;
        welcomed = this.receive(String(content)) || welcomed;
      });
      socket.on('unexpected-response', (_request, response) => { refused = response.statusCode ?? 0; socket.terminate(); });
      socket.on('error', error => log('link.error', { gatewayId, message: messageOf(error) }));
      socket.on('close', code => {
        this.callOffSilence();
        this.socket = null;
        this.welcomed = false;
        resolve({ code: refused === 0 ? code : refused, welcomed });
      });
    });
  }

  private receive(content: string): boolean {
    const message = parsed(content);
    switch (message?.['kind']) {
      case 'welcome':
        this.welcome(message);
        break;
      case 'ack':
        this.acknowledge(message['seq']);
        break;
      case 'cmd':
        if (this.welcomed) this.ports.onCommand(message);
        break;
    }
    return this.welcomed;
  }

  private welcome(message: Data): void {
    const { clock, state, log, gatewayId } = this.ports;
    const serverTime = Date.parse(String(message['serverTime']));
    this.skew = Number.isNaN(serverTime) ? 0 : serverTime - clock.now();
    this.sentUpTo = state.firstUnacknowledged - 1;
    this.welcomed = true;
    log('link.welcome', { gatewayId, sessionId: String(message['sessionId']) });
    this.pump();
    this.ports.onWelcome();
  }

  private acknowledge(seq: unknown): void {
    // Never more than was sent: a wrong number must not make us forget.
    if (!this.welcomed || typeof seq !== 'number' || !Number.isInteger(seq) || seq > this.sentUpTo) return;
    // When the disk fails the state says so itself.
    this.ports.state.acknowledge(seq).catch(() => {});
    this.pump();
  }

  // The server pings every 15 s.
  private watchSilence(socket: WebSocket): void {
    this.callOffSilence();
    this.callOffSilence = this.ports.clock.after(silenceEnds, () => socket.terminate());
  }
}

function parsed(content: string): Data | null {
  try {
    const message: unknown = JSON.parse(content);
    return isObject(message) ? message : null;
  } catch {
    return null;
  }
}
