import { computed, ref } from 'vue';
import { api, call, callWithoutSession, onSessionEnded } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Me } from '@/api/types';

/** Who is signed in; null when nobody is. */
export const me = ref<Me | null>(null);

/** True while the sign-in stands on top of a page whose session has ended. */
export const signInWanted = ref(false);

export const canWrite = computed(() => me.value !== null && me.value.role !== 'viewer');
export const isOwner = computed(() => me.value?.role === 'owner');

let waiting: ((renewed: boolean) => void)[] = [];

/** Looks once for a session that is still alive. */
export async function findSession(): Promise<Me | null> {
  if (me.value) return me.value;
  try {
    me.value = await callWithoutSession(() => api.GET('/api/v1/me'));
  } catch (error) {
    if (Problem.of(error).status !== 401) throw error;
  }
  return me.value;
}

export async function refreshMe(): Promise<void> {
  me.value = await call(() => api.GET('/api/v1/me'));
}

export async function signIn(account: string, password: string): Promise<void> {
  await arrive(await callWithoutSession(() => api.POST('/api/v1/session', { body: { account, password } })));
}

export async function setUp(request: { token: string; tenantName: string; account: string; password: string }): Promise<void> {
  await arrive(await callWithoutSession(() => api.POST('/api/v1/setup', { body: request })));
}

export async function signOut(): Promise<void> {
  try {
    await callWithoutSession(() => api.DELETE('/api/v1/session'));
  } catch (error) {
    // A session that has already ended is signed out well enough.
    if (Problem.of(error).status !== 401) throw error;
  }
  me.value = null;
}

/** Leaves the page as it stood; whoever waits for the session gives up. */
export function giveUpSession(): void {
  me.value = null;
  settle(false);
}

async function arrive(who: Me): Promise<void> {
  const another = me.value !== null && me.value.user.id !== who.user.id;
  me.value = who;
  // The page behind the sign-in holds another person's forms: start it afresh.
  if (another) location.reload();
  settle(true);
}

function settle(renewed: boolean): void {
  signInWanted.value = false;
  const all = waiting;
  waiting = [];
  for (const done of all) done(renewed);
}

onSessionEnded(() => {
  if (me.value === null) return Promise.resolve(false);
  signInWanted.value = true;
  return new Promise((done) => waiting.push(done));
});
