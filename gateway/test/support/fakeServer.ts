import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Command, Data, GatewayEvent, Result } from '../../src/protocol/messages.js';
import { faultsOf } from './contracts.js';

export const token = 'a-token-that-must-not-leak';

/** The server's side of the protocol; checks every message it gets against the contract. */
export class FakeServer {
  readonly hellos: Data[] = [];
  readonly events: GatewayEvent[] = [];
  readonly frames: GatewayEvent[] = [];
  readonly results: Result[] = [];
  readonly faults: string[] = [];
  readonly requests: string[] = [];
  acknowledges = true;
  welcomes = true;
  serverTime: string | null = null;
  commandTypes = new Map<string, string>();
  pictures = new Map<string, { status: number; body: Buffer; headers?: Record<string, string> }>();
  private socket: WebSocket | null = null;
  private readonly watchers = new Set<() => void>();
  private readonly sockets = new WebSocketServer({ noServer: true });

  private constructor(private readonly http: Server, readonly address: string) {}

  static async start(): Promise<FakeServer> {
    const http = createServer();
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
    const server = new FakeServer(http, `ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    http.on('request', (request, response) => {
      server.requests.push(request.url ?? '');
      const picture = server.pictures.get(request.url ?? '') ?? { status: 404, body: Buffer.alloc(0) };
      response.writeHead(picture.status, picture.headers ?? {}).end(picture.body);
    });
    http.on('upgrade', (request, socket, head) => {
      if (!server.lets(request)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        server.changed();
        return;
      }
      server.sockets.handleUpgrade(request, socket, head, client => server.serve(client));
    });
    return server;
  }

  async stop(): Promise<void> {
    this.socket?.terminate();
    this.http.closeAllConnections();
    await new Promise(resolve => this.http.close(resolve));
  }

  /** Waits until something is so; looks again at each message. */
  async until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
    const first = look();
    if (first) return first;
    return new Promise((resolve, reject) => {
      const watcher = (): void => {
        const found = look();
        if (!found) return;
        this.watchers.delete(watcher);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => reject(new Error(`never: ${what}; events ${JSON.stringify(this.events.map(event => event.type))}`)), 60_000);
      this.watchers.add(watcher);
    });
  }

  event(type: string, fits: (data: Data) => boolean = () => true): Promise<GatewayEvent> {
    return this.until(type, () => this.events.find(event => event.type === type && fits(event.data)));
  }

  send(message: unknown): void { this.socket?.send(typeof message === 'string' ? message : JSON.stringify(message)); }

  sendCommand(command: Omit<Command, 'v' | 'kind'>): void {
    this.commandTypes.set(command.id, command.type);
    this.send({ v: 1, kind: 'cmd', ...command });
  }

  async command(command: Omit<Command, 'v' | 'kind'>): Promise<Result> {
    const before = this.results.length;
    this.sendCommand(command);
    return this.until(`result of ${command.type}`, () => this.results.slice(before).find(result => result.id === command.id));
  }

  drop(code = 1012): void { this.socket?.close(code); }

  private lets(request: IncomingMessage): boolean {
    this.requests.push(`${request.url} ${request.headers['x-gateway-id']}`);
    return request.url === '/robot-gateway/v1/ws' && request.headers.authorization === `Bearer ${token}`;
  }

  private serve(client: WebSocket): void {
    this.socket = client;
    client.on('message', content => {
      this.receive(JSON.parse(String(content)) as Data);
      this.changed();
    });
    client.on('close', () => this.changed());
  }

  private receive(message: Data): void {
    const kind = String(message['kind']);
    this.check(`envelopes.schema.json#/$defs/${kind}`, message);
    if (kind === 'hello') {
      this.hellos.push(message);
      const time = this.serverTime === null ? {} : { serverTime: this.serverTime };
      if (this.welcomes) this.send({ v: 1, kind: 'welcome', sessionId: `s-${this.hellos.length}`, ...time });
    } else if (kind === 'result') {
      this.receiveResult(message as unknown as Result);
    } else {
      const event = message as unknown as GatewayEvent;
      this.check(`events.schema.json#/$defs/${event.type}`, event.data);
      this.frames.push(event);
      if (!this.events.some(known => known.id === event.id)) this.events.push(event);
      if (this.acknowledges) this.send({ v: 1, kind: 'ack', seq: event.seq });
    }
  }

  private receiveResult(result: Result): void {
    const type = this.commandTypes.get(result.id);
    if (result.ok && type !== undefined && !type.startsWith('sim.')) this.check(`commands.schema.json#/$defs/${type}.result`, result.data);
    if (!result.ok && result.data !== undefined) this.check('commands.schema.json#/$defs/room.send.partly', result.data);
    this.results.push(result);
  }

  private check(schema: string, value: unknown): void {
    const fault = faultsOf(schema, value);
    if (fault !== null) this.faults.push(fault);
  }

  private changed(): void { [...this.watchers].forEach(watcher => watcher()); }
}
