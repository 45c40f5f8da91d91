import type { FileBoxInterface } from 'file-box';
import * as PUPPET from 'wechaty-puppet';
import { PuppetMock } from 'wechaty-puppet-mock';

/** Faults, each for the next time it fits. */
export type Fault =
  | 'emptyInviter' | 'emptyInvitees' | 'duplicate' | 'reorder'
  | 'renameAfterCreate' | 'logout' | 'rateLimit' | 'qrExpired' | 'roomFull' | 'hang' | 'error';
export const faults: Fault[] = [
  'emptyInviter', 'emptyInvitees', 'duplicate', 'reorder', 'renameAfterCreate', 'logout', 'rateLimit', 'qrExpired', 'roomFull', 'hang', 'error',
];

export interface SimOptions {
  now?: () => number;
  friends?: number;
  createsPerDay?: number;
  membersByQr?: number;
}

const day = 24 * 3600 * 1000;
export const tooManyRooms = '创建群聊的频率过快，请明日再试';

/** A WeChat account that is not there: the stock mock answers, this one remembers. */
export class SimPuppet extends PuppetMock {
  readonly said: { roomId: string; text?: string; mentionIds?: string[]; file?: string; link?: string }[] = [];
  readonly announced: { roomId: string; text: string }[] = [];
  private readonly rooms = new Map<string, PUPPET.payloads.Room>();
  private readonly qrs = new Map<string, { roomId: string; at: number }>();
  private readonly pending = new Map<Fault, string | null>();
  private readonly created: number[] = [];
  private held: (() => void) | null = null;
  private count = 0;

  constructor(private readonly sim: SimOptions = {}) {
    super({});
    this.addPerson('wxid_robot', '小助手', false);
    for (let index = 1; index <= (sim.friends ?? 5); index++) this.addPerson(`wxid_friend${index}`, `好友${index}`, true);
  }

  get now(): number { return (this.sim.now ?? Date.now)(); }

  addPerson(id: string, name: string, friend: boolean): void {
    if (!this.mocker.cacheContactPayload.has(id)) this.mocker.createContact({ id, name, avatar: '', friend, type: PUPPET.types.Contact.Individual });
  }

  /** With a method's name only that one fails. */
  fail(fault: Fault, method: string | null = null): void { this.pending.set(fault, method); }

  private hits(fault: Fault, method: string | null = null): boolean {
    return [null, method].includes(this.pending.get(fault) ?? null) && this.pending.delete(fault);
  }

  // What any call may meet.
  private async meet(method: string): Promise<void> {
    if (this.hits('logout', method)) await this.logout('kicked out by server');
    if (!this.isLoggedIn) throw new Error('not logged in');
    if (this.hits('hang', method)) await new Promise(() => {});
    if (this.hits('error', method)) throw new Error('the simulator was told to fail');
  }

  room(roomId: string): PUPPET.payloads.Room {
    const room = this.rooms.get(roomId);
    if (room === undefined) throw new Error(`no payload found for id ${roomId}`);
    return room;
  }

  private owned(roomId: string): PUPPET.payloads.Room {
    const room = this.room(roomId);
    if (room.ownerId !== this.currentUserId && !room.adminIdList.includes(this.currentUserId)) throw new Error('not the owner of the room');
    return room;
  }

  /** The account's owner hands a group over on the phone. */
  giveAway(roomId: string, ownerId: string): void {
    this.room(roomId).ownerId = ownerId;
    this.dirtyPayload(PUPPET.types.Payload.Room, roomId);
  }

  override async roomCreate(contactIds: string[], topic: string): Promise<string> {
    await this.meet('roomCreate');
    const recent = this.created.filter(at => at > this.now - day);
    if (this.hits('rateLimit') || recent.length >= (this.sim.createsPerDay ?? 20)) throw new Error(tooManyRooms);
    if (contactIds.length < 2) throw new Error('a room needs two contacts');
    this.created.push(this.now);
    const id = `${7_101_074_513 + ++this.count}@chatroom`;
    const fails = this.hits('renameAfterCreate');
    const memberIdList = [this.currentUserId, ...contactIds];
    this.rooms.set(id, { id, topic: fails ? '群聊' : topic, memberIdList, ownerId: this.currentUserId, adminIdList: [] });
    if (fails) throw new Error('modify topic failed');
    return id;
  }

  override async roomList(): Promise<string[]> {
    await this.meet('roomList');
    return [...this.rooms.keys()];
  }

  override async roomRawPayload(roomId: string): Promise<PUPPET.payloads.Room> {
    await this.meet('roomRawPayload');
    const room = this.room(roomId);
    return { ...room, memberIdList: [...room.memberIdList] };
  }

  override async roomMemberList(roomId: string): Promise<string[]> {
    await this.meet('roomMemberList');
    return [...this.room(roomId).memberIdList];
  }

  override async roomMemberRawPayload(roomId: string, id: string): Promise<PUPPET.payloads.RoomMember> {
    await this.meet('roomMemberRawPayload');
    this.room(roomId);
    const { name, avatar } = this.mocker.contactPayload(id);
    return { id, name, avatar };
  }

  override roomTopic(roomId: string): Promise<string>;
  override roomTopic(roomId: string, topic: string): Promise<void>;
  override async roomTopic(roomId: string, topic?: string): Promise<string | void> {
    await this.meet('roomTopic');
    const room = this.room(roomId);
    if (topic === undefined) return room.topic;
    this.rename(roomId, topic, this.currentUserId);
  }

  rename(roomId: string, newTopic: string, changerId: string): void {
    const room = this.room(roomId);
    const oldTopic = room.topic;
    room.topic = newTopic;
    this.dirtyPayload(PUPPET.types.Payload.Room, roomId);
    this.tell('room-topic', { changerId, newTopic, oldTopic, roomId, timestamp: this.now });
  }

  override roomAnnounce(roomId: string): Promise<string>;
  override roomAnnounce(roomId: string, text: string): Promise<void>;
  override async roomAnnounce(roomId: string, text?: string): Promise<string | void> {
    await this.meet('roomAnnounce');
    if (text === undefined) return this.announced.findLast(one => one.roomId === roomId)?.text ?? '';
    this.owned(roomId);
    this.announced.push({ roomId, text });
  }

  override async roomQRCode(roomId: string): Promise<string> {
    await this.meet('roomQRCode');
    this.room(roomId);
    const qr = `https://weixin.qq.com/g/sim-${this.qrs.size + 1}`;
    this.qrs.set(qr, { roomId, at: this.now });
    return qr;
  }

  override async roomDel(roomId: string, id: string): Promise<void> {
    await this.meet('roomDel');
    if (!this.owned(roomId).memberIdList.includes(id)) throw new Error('not a member');
    this.remove(roomId, id, this.currentUserId);
  }

  override async roomAdd(roomId: string, id: string): Promise<void> {
    await this.meet('roomAdd');
    this.join(roomId, id, this.currentUserId);
  }

  override async roomQuit(roomId: string): Promise<void> {
    await this.meet('roomQuit');
    this.rooms.delete(roomId);
  }

  /** Somebody scans a group's QR. */
  joinByQr(qr: string, id: string, name: string): void {
    const found = this.qrs.get(qr);
    if (found === undefined || found.at + 7 * day < this.now || this.hits('qrExpired')) throw new Error('the QR has expired');
    const { memberIdList } = this.room(found.roomId);
    if (memberIdList.length >= (this.sim.membersByQr ?? 200) || this.hits('roomFull')) throw new Error('the room is full');
    this.addPerson(id, name, false);
    this.join(found.roomId, id, this.currentUserId);
  }

  join(roomId: string, id: string, inviterId: string): void {
    const room = this.room(roomId);
    if (!room.memberIdList.includes(id)) room.memberIdList.push(id);
    this.dirtyPayload(PUPPET.types.Payload.Room, roomId);
    this.tell('room-join', {
      inviteeIdList: this.hits('emptyInvitees') ? [] : [id], inviterId: this.hits('emptyInviter') ? '' : inviterId, roomId, timestamp: this.now,
    });
  }

  remove(roomId: string, id: string, removerId: string): void {
    const room = this.room(roomId);
    room.memberIdList = room.memberIdList.filter(member => member !== id);
    this.dirtyPayload(PUPPET.types.Payload.Room, roomId);
    this.tell('room-leave', { removeeIdList: [id], removerId, roomId, timestamp: this.now });
    if (id === this.currentUserId) this.rooms.delete(roomId);
  }

  /** Without an event, as happens while a puppet is away. */
  leaveUnseen(roomId: string, id: string): void {
    const room = this.room(roomId);
    room.memberIdList = room.memberIdList.filter(member => member !== id);
  }

  say(roomId: string, talkerId: string, what: { text?: string; mentionIds?: string[]; type?: PUPPET.types.Message }): string {
    this.room(roomId);
    const id = `sim-message-${++this.count}`;
    this.mocker.cacheMessagePayload.set(id, {
      id, roomId, talkerId, listenerId: '', timestamp: this.now, type: what.type ?? PUPPET.types.Message.Text,
      text: what.text ?? '', mentionIdList: what.mentionIds ?? [],
    } as PUPPET.payloads.Message);
    this.tell('message', { messageId: id });
    return id;
  }

  // What the robot sends comes back as a message of its own, as with real puppets.
  override async messageSendText(roomId: string, text: string, mentionIds: string[] = []): Promise<never> {
    await this.meet('messageSendText');
    this.room(roomId);
    this.said.push({ roomId, text, mentionIds });
    return this.say(roomId, this.currentUserId, { text, mentionIds }) as never;
  }

  override async messageSendFile(roomId: string, file: FileBoxInterface): Promise<never> {
    await this.meet('messageSendFile');
    this.room(roomId);
    this.said.push({ roomId, file: `${file.name} ${(await file.toBuffer()).length}` });
    return this.say(roomId, this.currentUserId, { type: PUPPET.types.Message.Image }) as never;
  }

  override async messageSendUrl(roomId: string, { url }: PUPPET.payloads.UrlLink): Promise<never> {
    await this.meet('messageSendUrl');
    this.room(roomId);
    this.said.push({ roomId, link: url });
    return this.say(roomId, this.currentUserId, { type: PUPPET.types.Message.Url }) as never;
  }

  // Twice, or after the next one, when told so.
  private tell(name: 'room-join' | 'room-leave' | 'room-topic' | 'message', payload: object): void {
    const emit = (): void => { this.emit(name, payload as never); };
    if (this.hits('reorder')) {
      this.held = emit;
      return;
    }
    emit();
    if (this.hits('duplicate')) emit();
    this.held?.();
    this.held = null;
  }
}
