// The world as the server last told it, and who of its people holds this phone.

export const world = { version: 0, people: [], groups: [], robots: [] };

const listeners = new Set();
export function onChange(listener) { listeners.add(listener); }

/** Asks for what is new; the server says nothing when nothing is. */
export async function refresh() {
  try {
    const answer = await fetch(`/sim/api/world?since=${world.version}`);
    if (answer.status !== 200) return;
    Object.assign(world, await answer.json());
    for (const listener of listeners) listener();
  } catch {
    // The next second perhaps.
  }
}

export function personOf(id) { return world.people.find(person => person.id === id) ?? { id, name: '已离开的人', colour: null, friendIds: [], invitations: [] }; }
export function groupOf(id) { return world.groups.find(group => group.id === id); }

// Each tab is a phone of its own.
export function me() { return world.people.find(person => person.id === sessionStorage.getItem('me')) ?? null; }
export function beMe(id) {
  sessionStorage.setItem('me', id);
  for (const listener of listeners) listener();
}

export function isIn(group, person) { return group.members.some(member => member.personId === person.id); }
export function leads(group, person) { return group.ownerId === person.id || group.adminIds.includes(person.id); }

/** What a phone remembers: which chats it has, and up to where they were read. */
function memory(person) { return JSON.parse(localStorage.getItem(`sim-${person.id}`) ?? '{}'); }

export function chatsOf(person) {
  const known = memory(person);
  let isNew = false;
  for (const group of world.groups) {
    if (isIn(group, person) && !(group.id in known)) { known[group.id] = ''; isNew = true; }
  }
  if (isNew) localStorage.setItem(`sim-${person.id}`, JSON.stringify(known));
  return world.groups.filter(group => group.id in known)
    .map(group => ({ group, messages: messagesFor(group, person), seen: known[group.id] }))
    .sort((one, other) => lastAt(other) - lastAt(one));
}

export function markRead(person, group) {
  const known = memory(person);
  const last = messagesFor(group, person).at(-1)?.id ?? '';
  if (known[group.id] === last) return;
  known[group.id] = last;
  localStorage.setItem(`sim-${person.id}`, JSON.stringify(known));
}

/** Who is out hears nothing any more: his chat ends with the grey line that says so. */
export function messagesFor(group, person) {
  if (isIn(group, person)) {
    const since = Date.parse(group.members.find(member => member.personId === person.id).joinedAt);
    return group.messages.filter(message => Date.parse(message.at) >= since);
  }
  const end = group.messages.findLastIndex(message => message.kind === 'system' && message.text.startsWith(`“${person.name}”`) && /(退出了群聊|移出群聊)$/.test(message.text));
  return end < 0 ? [] : group.messages.slice(0, end + 1);
}

export function calls(message, person) { return message.kind === 'announcement' || (message.mentionIds ?? []).includes(person.id); }

function lastAt(chat) { return Date.parse(chat.messages.at(-1)?.at ?? chat.group.createdAt); }
