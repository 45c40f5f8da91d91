import { chat, chatList, members } from './chats.js';
import { closeSheet, h } from './dom.js';
import { people } from './people.js';
import { robots } from './robots.js';
import { scan, web } from './web.js';
import { me, onChange, refresh } from './world.js';

const views = { chats: chatList, chat, members, scan, web, people, robots };
const open = new Set(['people', 'robots']);
const side = robots();
let view = null;

// The address says what is on the screen: #/chat/{id}, #/web/q/{key}.
function show() {
  closeSheet();
  const [, name, ...rest] = location.hash.split('/');
  const chosen = Object.hasOwn(views, name ?? '') ? name : 'chats';
  const allowed = me() === null && !open.has(chosen) ? 'people' : chosen;
  view = views[allowed](decodeURIComponent(rest.join('/')));
  document.getElementById('title').textContent = view.title;
  document.getElementById('back').hidden = !view.back;
  const more = document.getElementById('more');
  more.hidden = !view.more;
  more.textContent = view.more?.[0] ?? '';
  document.getElementById('screen').replaceChildren(view.element);
  for (const tab of document.querySelectorAll('#tabs a')) {
    tab.classList.toggle('on', tab.dataset.tab === view.tab);
    if (tab.dataset.tab === view.tab) tab.setAttribute('aria-current', 'page'); else tab.removeAttribute('aria-current');
  }
  update();
}

function update() {
  view?.update();
  side.update();
}

document.getElementById('back').addEventListener('click', () => { location.hash = view.back; });
document.getElementById('more').addEventListener('click', () => view.more[1]());
document.getElementById('robots').append(h('h2', { class: 'head' }, '机器人与故障'), side.element);
window.addEventListener('hashchange', show);
await refresh();
show();
onChange(update);
setInterval(refresh, 1000);
