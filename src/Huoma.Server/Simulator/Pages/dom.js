// Elements from plain texts: nothing typed anywhere is ever read as markup.

/** h('button', { onclick, class: 'quiet', 'data-testid': 'send' }, 'text', child, …); null and false are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled') element[name] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function avatar(name, colour) {
  const box = h('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name][0] ?? '?');
  if (/^#[0-9a-f]{6}$/i.test(colour ?? '')) box.style.backgroundColor = colour;
  return box;
}

export function time(instant) {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString('zh-CN', isToday ? { hour: '2-digit', minute: '2-digit' } : { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

let fading = 0;
export function toast(text) {
  const box = document.getElementById('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { box.hidden = true; }, 2600);
}

/** A panel from below; closes by its last button, Escape, or a tap beside it. */
export function sheet(title, ...children) {
  const back = document.getElementById('sheet');
  const panel = h('div', { role: 'dialog', 'aria-modal': 'true', 'aria-label': title }, h('h2', {}, title), ...children,
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'close-sheet', onclick: closeSheet }, '取消'));
  back.replaceChildren(panel);
  back.hidden = false;
  panel.querySelector('input,textarea,select,button')?.focus();
}

export function closeSheet() {
  document.getElementById('sheet').hidden = true;
}

document.addEventListener('keydown', event => { if (event.key === 'Escape') closeSheet(); });
document.getElementById('sheet').addEventListener('click', event => { if (event.target.id === 'sheet') closeSheet(); });

/** The answer, or null after its problem was shown. */
export async function call(method, path, body) {
  try {
    const answer = await fetch(`/sim/api/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Huoma-Simulator': '1' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = text === '' ? {} : JSON.parse(text);
    if (answer.ok) return json;
    toast(json.detail ?? '出错了，请稍后再试');
  } catch {
    toast('服务器没有回应');
  }
  return null;
}
