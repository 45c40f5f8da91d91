import { avatar, call, h, time } from './dom.js';
import { groupOf, me, personOf, refresh, world } from './world.js';

const states = { stopped: '未启动', scanning: '等待扫码', online: '在线', offline: '已退出登录' };
const robotFaults = {
  'empty-inviter': '下一次进群不说是谁邀请的',
  'empty-invitees': '下一次进群不说是谁进来了',
  'duplicate-event': '下一件事报告两遍',
  'reordered-events': '接下来两件事颠倒顺序',
  'lost-event': '下一件事漏报',
  'repeated-frame': '下一个事件在网络上重发',
  'rename-fails': '下一次建群后改名失败',
  'rate-limit': '下一条命令被限：操作太频繁',
  'logout-in-command': '下一条命令执行到一半掉线',
  'unknown-outcome': '下一条命令执行了，但结果未知',
  'result-lost': '下一条命令执行后断网，结果没送到',
  'connection-dropped': '现在断开连接',
};
const groupFaults = { 'qr-expired': '让群二维码现在过期', 'room-full': '群满 / 恢复' };

/** The phones of the robots' accounts, and what is to go wrong. */
export function robots() {
  const element = h('div', { 'data-testid': 'robots' });
  let shown = '';
  return { title: '机器人', tab: 'robots', element, update };

  function update() {
    const now = JSON.stringify([world.robots, world.groups.map(group => [group.id, group.name, group.isShut, group.dismissedAt]), me()?.friendIds]);
    if (now === shown || element.contains(document.activeElement) && document.activeElement.tagName === 'SELECT') return;
    shown = now;
    const groups = world.groups.filter(group => group.dismissedAt === null);
    element.replaceChildren(
      world.robots.length === 0
        ? h('p', { class: 'empty' }, '还没有机器人。请在后台“机器人”里添加一个，平台选择“模拟器”，然后启动它。')
        : '', ...world.robots.map(card), groups.length === 0 ? '' : groupCard(groups));
  }
}

function card(robot) {
  const person = personOf(robot.accountId);
  const self = me();
  return h('section', { class: 'card', 'data-testid': 'robot' },
    h('div', { class: 'pair' }, avatar(person.name, person.colour), h('div', {}, h('b', {}, person.name), h('span', { class: robot.login === 'online' ? 'tag' : 'tag grey', 'data-testid': 'robot-state' }, states[robot.login]),
      h('small', {}, h('br'), robot.waiting > 0 ? `${robot.waiting} 个事件等待送达` : '事件都已送达'))),
    robot.loginQr ? h('div', {}, h('img', { class: 'qr', src: `/sim/api/qr?text=${encodeURIComponent(robot.loginQr)}`, alt: '登录二维码' }),
      h('button', { type: 'button', 'data-testid': 'log-in', onclick: () => act(`robots/${robot.id}/login`) }, '扫码登录')) : null,
    h('p', { class: 'pair' },
      robot.login === 'online' ? h('button', { type: 'button', class: 'bad', onclick: () => act(`robots/${robot.id}/logout`) }, '退出登录') : null,
      self && !self.friendIds.includes(robot.accountId) ? h('button', { type: 'button', class: 'quiet', onclick: () => act(`people/${self.id}/friends`, { friendId: robot.accountId, hello: '你好' }) }, '加它为好友') : null),
    faultForm(robotFaults, fault => ({ fault, robotId: robot.id })),
    robot.faults.length === 0 ? null : h('small', { 'data-testid': 'faults' }, `等待发生：${robot.faults.map(fault => robotFaults[fault] ?? fault).join('；')}`));
}

function groupCard(groups) {
  const choice = h('select', { 'aria-label': '群' }, groups.map(group => h('option', { value: group.id }, `${group.name}（${group.members.length} 人，${time(group.createdAt)}）`)));
  return h('section', { class: 'card' }, h('h2', {}, '群的故障'), h('div', { class: 'form' }, choice, faultForm(groupFaults, fault => ({ fault, groupId: choice.value }))),
    groups.some(group => groupOf(group.id).isShut) ? h('small', {}, `不再进人：${groups.filter(group => group.isShut).map(group => group.name).join('、')}`) : null);
}

function faultForm(faults, bodyOf) {
  const choice = h('select', { 'aria-label': '故障', 'data-testid': 'fault' }, Object.entries(faults).map(([value, label]) => h('option', { value }, label)));
  return h('div', { class: 'pair' }, choice, h('button', { type: 'button', class: 'quiet', 'data-testid': 'inject', onclick: () => { choice.blur(); act('faults', bodyOf(choice.value)); } }, '制造故障'));
}

async function act(path, body) {
  await call('POST', path, body);
  await refresh();
}
