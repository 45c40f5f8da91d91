import { ref } from 'vue';
import { api, callWithoutSession } from '@/api/client';

/** Notices the user has not read; shown by the bell, kept right by whoever lists or reads them. */
export const unread = ref(0);

/** Quietly: a bell that can not ask keeps what it knew, and never asks for a sign-in by itself. */
export async function refreshUnread(): Promise<void> {
  try {
    unread.value = (await callWithoutSession(() => api.GET('/api/v1/notices', { params: { query: { unread: true, pageSize: 1 } } }))).unread;
  } catch {
    // The next round asks again.
  }
}
