import { iso } from '../clock.js';
import { freshMemberIds, membersOf } from './members.js';
import type { Robot } from './robot.js';

const lookAgainAfter = 5_000;

/** Who is in which group, as far as we have told: platforms lose joins and leaves, so we look for ourselves as well. */
export class RoomWatch {
  private readonly known = new Map<string, Set<string>>();
  private readonly due = new Map<string, () => void>();

  constructor(private readonly robot: Robot) {}

  joined(roomId: string, ids: string[]): void { ids.forEach(id => this.known.get(roomId)?.add(id)); }

  left(roomId: string, ids: string[]): void { ids.forEach(id => this.known.get(roomId)?.delete(id)); }

  forget(roomId: string): void {
    this.known.delete(roomId);
    this.due.get(roomId)?.();
    this.due.delete(roomId);
  }

  /** Soon after the last of several joins and leaves; tells only when we were told wrong. */
  lookSoon(roomId: string): void {
    this.due.get(roomId)?.();
    this.due.set(roomId, this.robot.ports.clock.after(lookAgainAfter, () => {
      this.due.delete(roomId);
      this.robot.inLine(() => this.look(roomId));
    }));
  }

  /** All groups, one after the other, in line with the events. */
  async lookAtAll(): Promise<void> {
    if (!this.robot.isOnline) return;
    const roomIds = await this.robot.within(this.robot.puppet.roomList());
    for (const roomId of this.known.keys()) if (!roomIds.includes(roomId)) this.forget(roomId);
    for (const roomId of roomIds) this.robot.inLine(() => this.tell(roomId, 'periodic'));
  }

  private async look(roomId: string): Promise<void> {
    if (!this.robot.isOnline) return;
    const ids = await freshMemberIds(this.robot, roomId);
    const known = this.known.get(roomId);
    if (known === undefined) {
      this.known.set(roomId, new Set(ids));
    } else if (known.size !== ids.length || ids.some(id => !known.has(id))) {
      await this.tell(roomId, 'resync');
    }
  }

  /** Reports who is in the group now and what has changed since the last look. */
  async tell(roomId: string, reason: 'periodic' | 'resync'): Promise<void> {
    if (!this.robot.isOnline) return;
    const memberIds = await freshMemberIds(this.robot, roomId);
    const payload = await this.robot.within(this.robot.puppet.roomPayload(roomId));
    const known = this.known.get(roomId) ?? new Set(memberIds);
    const joined = await membersOf(this.robot, roomId, memberIds.filter(id => !known.has(id)));
    const left = [...known].filter(id => !memberIds.includes(id));
    this.known.set(roomId, new Set(memberIds));
    const ownerId = payload.ownerId === undefined || payload.ownerId === '' ? null : payload.ownerId;
    await this.robot.ports.report('room.memberSnapshot', {
      roomId, name: payload.topic, ownerId, memberIds, joined, left, reason, at: iso(this.robot.ports.clock.now()),
    });
  }
}
