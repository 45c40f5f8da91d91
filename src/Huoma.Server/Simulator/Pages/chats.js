import { avatar, call, closeSheet, h, sheet, time, toast } from './dom.js';
import { calls, chatsOf, groupOf, isIn, leads, markRead, me, messagesFor, personOf, refresh } from './world.js';
import { openText } from './web.js';

const kinds = { image: '[图片]', link: '[链接] ', announcement: '[群公告] ' };

export function chatList() {
  const self = me();
  const list = h('div', {});
  return { title: `微信（${self.name}）`, tab: 'chats', element: list, update };

  function update() {
    const chats = chatsOf(self);
    const invitations = me().invitations;
    list.replaceChildren(
      ...invitations.map(one => h('div', { class: 'card form' }, h('span', {}, `${one.inviter}邀请你加入群聊“${one.groupName ?? '已解散'}”`),
        h('button', { type: 'button', onclick: () => call('POST', `people/${self.id}/invitations/${one.id}`).then(refresh) }, '加入群聊'))),
      chats.length === 0 ? h('p', { class: 'empty' }, '还没有聊天。用“扫一扫”打开一个活码，长按二维码进群。')
        : h('ul', { class: 'list' }, chats.map(chat => h('li', {}, row(chat)))));
  }

  function row({ group, messages, seen }) {
    const last = messages.at(-1);
    const fresh = messages.slice(messages.findIndex(message => message.id === seen) + 1);
    const isCalled = fresh.some(message => message.senderId !== self.id && calls(message, self));
    return h('a', { class: 'row', href: `#/chat/${group.id}`, 'data-testid': 'chat' },
      avatar(group.name, '#7a8b99'),
      h('span', { class: 'grow' }, h('b', {}, group.name), h('small', {}, isCalled ? h('span', { class: 'call' }, '[有人@我] ') : null, last ? preview(last) : '')),
      h('small', {}, last ? time(last.at) : ''), fresh.length > 0 ? h('span', { class: 'dot', role: 'img', 'aria-label': '有新消息' }) : null);
  }
}

function preview(message) {
  const text = (kinds[message.kind] ?? '') + (message.kind === 'image' ? '' : message.text.replace('@所有人\n', ''));
  return message.senderId === null ? text : `${personOf(message.senderId).name}：${text}`;
}

export function chat(id) {
  const self = me();
  const talk = h('div', { class: 'talk', role: 'log', 'data-testid': 'talk' });
  const mentions = new Map();
  const box = h('input', { 'data-testid': 'say', 'aria-label': '消息', maxlength: '2000', onkeydown: event => { if (event.key === 'Enter' && !event.isComposing) send(); } });
  const file = h('input', { type: 'file', accept: 'image/*', hidden: true, 'data-testid': 'picture', onchange: sendPicture });
  const tools = h('div', { class: 'tools' },
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'mention', onclick: chooseMention }, '@ 某人'),
    h('button', { type: 'button', class: 'quiet', onclick: () => file.click() }, '图片'),
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'link', onclick: chooseLink }, '链接'), file);
  const compose = h('div', { class: 'compose' }, box, h('button', { type: 'button', 'data-testid': 'send', onclick: send }, '发送'), tools);
  const element = h('div', { class: 'chat' }, talk, compose);
  let shown = '';
  return { title: '', tab: 'chats', back: '#/chats', more: ['···', () => { location.hash = `#/members/${id}`; }], element, update };

  function update() {
    const group = groupOf(id);
    if (!group) return;
    document.getElementById('title').textContent = `${group.name}（${group.members.length}）`;
    const isMember = isIn(group, self) && group.dismissedAt === null;
    compose.hidden = !isMember;
    document.getElementById('more').hidden = !isMember;
    const messages = messagesFor(group, self);
    const now = `${messages.at(-1)?.id} ${isMember}`;
    if (now === shown) return;
    shown = now;
    talk.replaceChildren(...messages.map(message => line(message, self)), isMember ? '' : h('p', { class: 'grey' }, '你已不在这个群里'));
    toEnd();
    for (const picture of talk.querySelectorAll('img')) picture.addEventListener('load', toEnd);
    markRead(self, group);
  }

  function toEnd() { talk.scrollTop = talk.scrollHeight; }

  async function send() {
    const text = box.value;
    if (text.trim() === '') return;
    const mentionIds = [...mentions].filter(([, name]) => text.includes(`@${name}\u2005`)).map(([personId]) => personId);
    if (await say({ text, mentionIds })) {
      box.value = '';
      mentions.clear();
    }
  }

  async function say(what) {
    const done = await call('POST', `groups/${id}/messages`, { personId: self.id, ...what });
    await refresh();
    return done;
  }

  function chooseMention() {
    const group = groupOf(id);
    sheet('选择提醒的人', h('ul', { class: 'list' }, group.members.filter(member => member.personId !== self.id).map(member => personOf(member.personId)).map(person => h('li', {},
      h('button', { type: 'button', class: 'row', onclick: () => {
        mentions.set(person.id, person.name);
        box.value += `@${person.name}\u2005`;
        closeSheet();
        box.focus();
      } }, avatar(person.name, person.colour), h('span', { class: 'grow' }, person.name))))));
  }

  function chooseLink() {
    const title = h('input', { 'aria-label': '标题', placeholder: '标题', maxlength: '200', 'data-testid': 'link-title' });
    const url = h('input', { 'aria-label': '网址', placeholder: 'https://', maxlength: '2000', 'data-testid': 'link-url' });
    sheet('发送链接', title, url, h('button', { type: 'button', 'data-testid': 'send-link', onclick: async () => {
      if (await say({ text: title.value, url: url.value })) closeSheet();
    } }, '发送'));
  }

  async function sendPicture() {
    const [chosen] = file.files;
    file.value = '';
    if (!chosen) return;
    try {
      await say({ picture: await shrunk(chosen) });
    } catch {
      toast('这张图片打不开');
    }
  }
}

/** As base64, at most 1280 pixels wide or high. */
async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const canvas = h('canvas', { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}

function line(message, self) {
  if (message.senderId === null) return h('p', { class: 'grey', 'data-testid': 'grey' }, message.text);
  const person = personOf(message.senderId);
  return h('div', { class: person.id === self.id ? 'line mine' : 'line', 'data-testid': 'message' }, avatar(person.name, person.colour),
    h('div', { class: 'what' }, h('div', { class: 'who' }, person.name), content(message, self)));
}

function content(message, self) {
  switch (message.kind) {
    case 'image':
      return h('img', { src: message.url, alt: '图片' });
    case 'link':
      return h('a', { class: 'link', href: message.url, onclick: event => { event.preventDefault(); openText(message.url); } },
        h('b', {}, message.text), h('br'), h('span', { class: 'soft' }, message.description || message.url));
    case 'announcement':
      return h('div', { class: 'notice' }, h('b', {}, '群公告'), message.text);
    default:
      return h('div', { class: calls(message, self) ? 'bubble calls' : 'bubble' }, message.text);
  }
}

export function members(id) {
  const self = me();
  const element = h('div', {});
  let shown = '';
  return { title: '群成员', tab: 'chats', back: `#/chat/${id}`, element, update };

  function update() {
    const group = groupOf(id);
    const now = JSON.stringify([group?.members, group?.name, group?.announcement]);
    if (!group || now === shown) return;
    shown = now;
    if (!isIn(group, self)) { location.hash = `#/chat/${id}`; return; }
    const mayLead = leads(group, self);
    element.replaceChildren(
      h('ul', { class: 'list', 'data-testid': 'members' }, group.members.map(member => h('li', {}, memberRow(group, member, mayLead)))),
      group.announcement === null ? '' : h('div', { class: 'card' }, h('h2', {}, '群公告'), h('div', { class: 'notice' }, group.announcement)),
      h('div', { class: 'card form' },
        h('button', { type: 'button', class: 'quiet', 'data-testid': 'group-qr', onclick: showQr }, '群二维码'),
        h('button', { type: 'button', class: 'quiet', onclick: () => askText('修改群名', group.name, 'rename') }, '修改群名'),
        mayLead ? h('button', { type: 'button', class: 'quiet', onclick: () => askText('发布群公告', '', 'announce') }, '发布群公告') : null,
        h('button', { type: 'button', class: 'bad', 'data-testid': 'leave', onclick: leave }, group.ownerId === self.id ? '解散群聊' : '退出群聊')));
  }

  function memberRow(group, member, mayLead) {
    const person = personOf(member.personId);
    const role = group.ownerId === person.id ? '群主' : group.adminIds.includes(person.id) ? '管理员' : null;
    return h('div', { class: 'row' }, avatar(person.name, person.colour),
      h('span', { class: 'grow' }, h('b', {}, person.name, role ? h('span', { class: 'tag' }, role) : null),
        h('small', {}, `${time(member.joinedAt)} 进群${member.inviterId ? `，来自${personOf(member.inviterId).name}` : ''}`)),
      mayLead && person.id !== self.id && role !== '群主' ? h('button', { type: 'button', class: 'bad', onclick: () => act('kick', { memberId: person.id }) }, '移出') : null);
  }

  async function act(verb, body) {
    if (await call('POST', `groups/${id}/${verb}`, { personId: self.id, ...body })) closeSheet();
    await refresh();
  }

  async function leave() {
    await act(groupOf(id).ownerId === self.id ? 'dismiss' : 'leave', {});
    location.hash = '#/chats';
  }

  async function showQr() {
    const qr = await call('POST', `groups/${id}/qr`, { personId: self.id });
    if (qr) {
      sheet('群二维码', h('img', { class: 'qr', src: `/sim/api/qr?text=${encodeURIComponent(qr.text)}`, alt: '群二维码' }),
        h('p', { class: 'soft' }, `${time(qr.expiresAt)} 前有效`), h('input', { value: qr.text, readonly: 'readonly', 'aria-label': '二维码内容' }));
    }
  }

  function askText(title, value, verb) {
    const box = h('textarea', { rows: '3', 'aria-label': title, maxlength: '2000', value });
    sheet(title, box, h('button', { type: 'button', onclick: () => act(verb, { text: box.value }) }, '确定'));
  }
}
