import { types } from 'wechaty-puppet';
import type { Data } from '../src/protocol/messages.js';
import { Failure } from '../src/protocol/messages.js';
import { text } from '../src/protocol/data.js';
import type { Robot } from '../src/robots/robot.js';
import type { Fault } from './simPuppet.js';
import { faults, SimPuppet } from './simPuppet.js';

type Control = (sim: SimPuppet, data: Data) => Promise<Data> | Data;

const id = (data: Data, field: string, normal?: string): string =>
  data[field] === undefined && normal !== undefined ? normal : text(data, field, 128);

const controls: Record<string, Control> = {
  'sim.scan': (sim, data) => {
    const status = data['status'] === undefined ? types.ScanStatus.Waiting : Number(data['status']);
    sim.emit('scan', { qrcode: `https://login.weixin.qq.com/l/sim-${sim.now}`, status });
    return {};
  },
  'sim.login': (sim, data) => {
    sim.login(id(data, 'userId', 'wxid_robot'));
    sim.emit('ready', {});
    return {};
  },
  'sim.kickout': async (sim, data) => {
    await sim.logout(id(data, 'reason', 'kicked out by server'));
    return {};
  },
  'sim.joinByQr': (sim, data) => {
    const memberId = id(data, 'memberId');
    sim.joinByQr(text(data, 'qr', 4096), memberId, id(data, 'name', memberId));
    return {};
  },
  'sim.join': (sim, data) => {
    const memberId = id(data, 'memberId');
    sim.addPerson(memberId, id(data, 'name', memberId), false);
    sim.join(id(data, 'roomId'), memberId, id(data, 'inviterId', 'wxid_robot'));
    return {};
  },
  'sim.leave': (sim, data) => {
    const memberId = id(data, 'memberId');
    sim.remove(id(data, 'roomId'), memberId, id(data, 'removerId', memberId));
    return {};
  },
  'sim.say': (sim, data) => {
    const type = data['type'] === 'image' ? types.Message.Image : types.Message.Text;
    return { msgId: sim.say(id(data, 'roomId'), id(data, 'memberId'), { type, text: type === types.Message.Text ? text(data, 'text', 20_000) : '' }) };
  },
  'sim.rename': (sim, data) => {
    sim.rename(id(data, 'roomId'), id(data, 'name'), id(data, 'memberId', 'wxid_friend1'));
    return {};
  },
  'sim.giveAway': (sim, data) => {
    sim.giveAway(id(data, 'roomId'), id(data, 'ownerId'));
    return {};
  },
  'sim.failNext': (sim, data) => {
    const fault = id(data, 'fault') as Fault;
    if (!faults.includes(fault)) throw new Failure('BAD_REQUEST', `faults are ${faults.join(', ')}`);
    sim.fail(fault, data['method'] === undefined ? null : id(data, 'method'));
    return {};
  },
};

/** What happens to the imagined account. */
export async function simControl(robot: Pick<Robot, 'puppet'>, type: string, data: Data): Promise<Data> {
  if (!(robot.puppet instanceof SimPuppet)) throw new Failure('UNSUPPORTED', 'this robot is no simulator');
  const control = Object.hasOwn(controls, type) ? controls[type] : undefined;
  if (control === undefined) throw new Failure('UNKNOWN_COMMAND', `no such command: ${type.slice(0, 100)}`);
  return control(robot.puppet, data);
}
