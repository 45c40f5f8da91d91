// make run DEMO=1: fills an empty store with something to look at, through the same API as everybody, and the simulator's.
// Usage: node scripts/demo.mjs ADDRESS ACCOUNT PASSWORD
const [listens, account, password] = process.argv.slice(2);
// What listens on every address is asked on this machine's own.
const address = listens.replace(/\/\/(\*|\+|0\.0\.0\.0|\[::\])/, '//localhost');
let cookies = '';

const wait = milliseconds => new Promise(resolve => { setTimeout(resolve, milliseconds); });

async function request(path, options) {
  const answer = await fetch(new URL(path, address), options);
  if (!answer.ok) throw new Error(`${options?.method ?? 'GET'} ${path}: ${answer.status} ${await problem(answer)}`);
  return answer;
}

async function problem(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text).detail ?? text;
  } catch {
    return text;
  }
}

async function json(path, method, body, headers) {
  const answer = await request(path, { method, headers: { 'Content-Type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
  const set = answer.headers.getSetCookie().map(line => line.split(';')[0]);
  if (set.length > 0) cookies = set.join('; ');
  const text = await answer.text();
  return text === '' ? {} : JSON.parse(text);
}

const desk = (path, method = 'GET', body = undefined) => json(`/api/v1/${path}`, method, body, { 'X-Huoma-Console': '1', Cookie: cookies });
const sim = (path, body = undefined) => json(`/sim/api/${path}`, body === undefined ? 'GET' : 'POST', body, { 'X-Huoma-Simulator': '1' });

/** Asks again until it is so; null when it takes too long. */
async function until(look, seconds = 30) {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await wait(200)) {
    const seen = await look();
    if (seen) return seen;
  }
  return null;
}

/** What this version may not have yet is said, and the rest goes on. */
async function attempt(what, work) {
  try {
    return await work();
  } catch (error) {
    console.log(`   Demo: no ${what} (${error.message})`);
    return null;
  }
}

async function upload(text) {
  const picture = await (await request(`/sim/api/qr?format=png&text=${encodeURIComponent(text)}`)).blob();
  const form = new FormData();
  form.append('file', picture, 'qr.png');
  form.append('purpose', 'slot');
  return (await request('/api/v1/images', { method: 'POST', headers: { 'X-Huoma-Console': '1', Cookie: cookies }, body: form })).json();
}

async function robot() {
  const made = await desk('robots', 'POST', { name: '演示机器人', driver: 'simulator', riskAccepted: true });
  const limits = { groupsPerDay: 100, createSpacingSeconds: 1, messageSpacingSeconds: 1, messagesPerMinute: 60, kickSpacingSeconds: 1 };
  await desk(`robots/${made.id}`, 'PATCH', { enabled: true, limits });
  await until(async () => (await desk(`robots/${made.id}`)).online);
  await desk(`robots/${made.id}/start`, 'POST');
  await until(async () => (await sim('world')).robots.some(one => one.id === made.id && one.login === 'scanning'));
  await sim(`robots/${made.id}/login`, {});
  await until(async () => (await desk(`robots/${made.id}`)).login.state === 'online');
  await desk(`robots/${made.id}/contacts`, 'POST');
  const contacts = await until(async () => {
    const listed = await desk(`robots/${made.id}/contacts`);
    return listed.items.length >= 2 ? listed.items : null;
  });
  await desk(`robots/${made.id}`, 'PATCH', { seedIds: (contacts ?? []).slice(0, 2).map(contact => contact.id) });
}

async function friends(names) {
  const people = [];
  for (const name of names) people.push(await sim('people', { name }));
  for (const person of people.slice(1)) await sim(`people/${people[0].id}/friends`, { friendId: person.id });
  return people;
}

/** A code made by hand, with the QRs of two groups that people made. */
async function manualCode() {
  const [owner, ...others] = await friends(['老周（群主）', '小美', '阿强']);
  const code = await desk('codes', 'POST', { kind: 'group', building: 'manual', name: '七天读书营', remark: '演示：手动建群', sticky: true });
  for (const name of ['读书营一群', '读书营二群']) {
    const group = await sim('groups', { ownerId: owner.id, name, memberIds: others.map(person => person.id) });
    const qr = await sim(`groups/${group.id}/qr`, { personId: owner.id });
    const image = await upload(qr.text);
    await desk(`codes/${code.id}/slots`, 'POST', { imageId: image.id, name, supportWeChatId: 'dushu-xiaomei', expiresAt: qr.expiresAt, threshold: 3 });
  }
  await desk(`codes/${code.id}/channels`, 'POST', [{ name: '地铁海报', remark: '1 号线' }, { name: '公众号推文', remark: '' }]);
  return code;
}

async function cardCode() {
  const code = await desk('codes', 'POST', { kind: 'card', name: '课程顾问', remark: '演示：名片码', recycle: true });
  for (const name of ['顾问小李', '顾问小陈']) {
    const image = await upload(`https://u.wechat.com/demo-${encodeURIComponent(name)}`);
    await desk(`codes/${code.id}/slots`, 'POST', { imageId: image.id, name, threshold: 50 });
  }
}

async function autoCode() {
  await desk('quota/grants', 'POST', { groups: 20, reason: '演示额度' });
  const auto = { groups: 2, theme: '护肤交流群', firstNumber: 1, memberThreshold: 180, replenish: true };
  const code = await desk('codes', 'POST', { kind: 'group', building: 'auto', name: '护肤交流', remark: '演示：自动建群', sticky: true, auto });
  await until(async () => (await desk(`codes/${code.id}/groups`)).items.some(group => group.state === 'serving'), 60);
  return code;
}

/** Somebody scans, presses the QR long, joins and says hello. */
async function visit(code, name, hello) {
  const person = await sim('people', { name });
  const page = `/sim/web/${person.id}/q/${code.key}`;
  const html = await (await request(page)).text();
  const press = /data-press="([^"]+)"/.exec(html)?.[1];
  const image = /<img id="qr"[^>]* src="([^"]+)"/.exec(html)?.[1];
  if (!press || !image) return;
  await request(`${page}/press`, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: `${press}\n${person.id}` });
  const found = await sim(`scan?image=${encodeURIComponent(image)}`);
  const group = await sim('groups/join', { personId: person.id, qr: found.text });
  await sim(`groups/${group.id}/messages`, { personId: person.id, text: hello });
}

async function main() {
  const isReady = await until(async () => fetch(new URL('/healthz/ready', address)).then(answer => answer.ok, () => false), 120);
  if (!isReady) return;
  await desk('session', 'POST', { account, password });
  if ((await desk('codes')).total === 0) {
    console.log('   Demo: filling the empty store');
    await attempt('robot', robot);
    const manual = await manualCode();
    await cardCode();
    for (const [name, hello] of [['新人小王', '大家好，我从海报来'], ['新人小刘', '请问什么时候开始？'], ['新人小赵', '打卡第一天'], ['新人小孙', '你们好']]) await visit(manual, name, hello);
    const auto = await attempt('code whose groups robots build', autoCode);
    if (auto) await attempt('visitor of that code', () => visit(auto, '爱美的小林', '请问敏感肌用什么？'));
  }
  console.log(`   Demo: console ${new URL('/console/', address)} (${account} / ${password})   imagined phone ${new URL('/sim', address)}`);
}

main().catch(error => { console.log(`   Demo: ${error.message}`); });
