import { call, closeSheet, h, sheet, toast } from './dom.js';
import { me, refresh } from './world.js';

const holdMs = 500;

/** 扫一扫: what a text leads to. A visitors' page opens in the phone's browser; a group's QR offers to join. */
export async function openText(text) {
  const trimmed = text.trim();
  const own = /(?:^|\/)((?:q|t)\/[A-Za-z0-9/_-]+)(?:[?#].*)?$/.exec(isElsewhere(trimmed) ? '' : trimmed);
  if (own) {
    location.hash = `#/web/${own[1]}`;
    return;
  }
  if (/^https?:\/\//.test(trimmed) && !/^https?:\/\/(weixin\.qq\.com|u\.wechat\.com|work\.weixin\.qq\.com)\//.test(trimmed)) {
    window.open(trimmed, '_blank', 'noopener,noreferrer');
    return;
  }
  await offer(await call('GET', `scan?text=${encodeURIComponent(trimmed)}`));
}

// WeChat's own addresses look like visitors' pages in part.
function isElsewhere(text) { return /^https?:\/\/(weixin\.qq\.com|u\.wechat\.com)\//.test(text); }

async function offer(found) {
  if (found === null) return;
  if (found.groupId === null) {
    const own = /\/(q|t)\//.test(found.text) && found.kind === 'other';
    if (own) { await openText(found.text); return; }
    sheet('识别结果', h('p', {}, found.kind === 'card' ? '这是一张个人名片，模拟器里没有这个人' : found.problem ?? '没有识别到群'), h('p', { class: 'soft' }, found.text));
    return;
  }
  sheet('加入群聊', h('p', {}, h('b', { 'data-testid': 'offered-group' }, `${found.groupName}（${found.members}）`)),
    found.problem ? h('p', { class: 'call', 'data-testid': 'offer-problem' }, found.problem) : null,
    h('button', { type: 'button', 'data-testid': 'join', onclick: () => join(found) }, '加入该群聊'));
}

async function join(found) {
  const joined = await call('POST', 'groups/join', { personId: me().id, qr: found.text });
  if (joined === null) return;
  closeSheet();
  await refresh();
  location.hash = `#/chat/${joined.id}`;
}

export function scan() {
  const box = h('input', { placeholder: '活码链接、群二维码内容或活码的 key', 'aria-label': '二维码内容', 'data-testid': 'scan-text', onkeydown: event => { if (event.key === 'Enter') go(); } });
  const list = h('ul', { class: 'list', 'data-testid': 'codes' });
  const element = h('div', {}, h('div', { class: 'card form' }, h('h2', {}, '扫一扫'), box, h('button', { type: 'button', 'data-testid': 'scan', onclick: go }, '扫描')),
    h('h2', { class: 'head' }, '这台服务器上的活码'), list);
  call('GET', 'codes').then(codes => list.replaceChildren(...(codes ?? []).map(code => h('li', {},
    h('a', { class: 'row', href: `#/web/q/${code.key}` }, h('span', { class: 'grow' }, h('b', {}, code.name), h('small', {}, `/q/${code.key}`)))))));
  return { title: '扫一扫', tab: 'scan', element, update() {} };

  function go() {
    const text = box.value.trim();
    if (text !== '') openText(/^[A-Za-z0-9]{4,20}$/.test(text) ? `/q/${text}` : text);
  }
}

/** The phone's browser: a visitors' page with the person's own cookies, asked for as WeChat would. */
export function web(path) {
  const frame = h('iframe', { class: 'page', title: '网页', 'data-testid': 'web', src: `/sim/web/${me().id}/${path}`, onload: attach });
  return { title: '网页', tab: 'scan', back: '#/scan', more: ['刷新', () => { frame.contentWindow.location.reload(); }], element: frame, update() {} };

  function attach() {
    const page = frame.contentDocument;
    if (!page) return;
    document.getElementById('title').textContent = page.title || '网页';
    let holding = 0;
    page.addEventListener('contextmenu', event => {
      if (event.target.tagName !== 'IMG') return;
      event.preventDefault();
      clearTimeout(holding);
      recognise(event.target);
    });
    // A finger that rests, or a mouse button held down, is WeChat's long press; the page itself is told as on Android.
    page.addEventListener('pointerdown', event => {
      if (event.target.tagName !== 'IMG' || event.button !== 0) return;
      holding = setTimeout(() => event.target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })), holdMs);
    });
    for (const name of ['pointerup', 'pointercancel', 'pointerleave']) page.addEventListener(name, () => clearTimeout(holding));
  }
}

function recognise(image) {
  sheet('图片', h('button', { type: 'button', 'data-testid': 'recognise', onclick: async () => {
    const path = new URL(image.currentSrc || image.src).pathname;
    closeSheet();
    if (!path.startsWith('/m/')) { toast('没有识别到二维码'); return; }
    await offer(await call('GET', `scan?image=${encodeURIComponent(path)}`));
  } }, '识别图中二维码'));
}
