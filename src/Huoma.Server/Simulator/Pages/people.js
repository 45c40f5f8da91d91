import { avatar, call, h } from './dom.js';
import { beMe, me, refresh, world } from './world.js';

const colours = ['#c0616a', '#5a9367', '#a3758f', '#c98a3b', '#6b7fb8', '#7d8a4e', '#8f6f56', '#4c8dae'];

/** 我: who holds this phone. */
export function people() {
  const name = h('input', { 'aria-label': '昵称', placeholder: '昵称', maxlength: '32', 'data-testid': 'new-name', onkeydown: event => { if (event.key === 'Enter') add(); } });
  const colour = h('input', { type: 'color', 'aria-label': '头像颜色', value: colours[world.people.length % colours.length] });
  const list = h('ul', { class: 'list', 'data-testid': 'people' });
  const element = h('div', {},
    h('div', { class: 'card form' }, h('h2', {}, '新的人'), h('div', { class: 'pair' }, name, colour), h('button', { type: 'button', 'data-testid': 'add-person', onclick: add }, '添加并成为他')),
    h('h2', { class: 'head' }, '选择您现在是谁（每个浏览器标签页是一部手机）'), list);
  return { title: '我', tab: 'people', element, update };

  function update() {
    const self = me();
    list.replaceChildren(...world.people.filter(person => !person.isRobot).map(person => h('li', {},
      h('button', { type: 'button', class: 'row', 'aria-pressed': String(person.id === self?.id), onclick: () => { beMe(person.id); location.hash = '#/chats'; } },
        avatar(person.name, person.colour), h('span', { class: 'grow' }, h('b', {}, person.name)), person.id === self?.id ? h('span', { class: 'tag' }, '我') : null))));
  }

  async function add() {
    const person = await call('POST', 'people', { name: name.value, colour: colour.value });
    if (person === null) return;
    await refresh();
    beMe(person.id);
    location.hash = '#/chats';
  }
}
