import { api, call } from '@/api/client';
import type { Channel, LiveCode, LoggedVisits, LoggedVisitsFilter, Rehearsal, RehearsalPlan, Slot } from '@/api/types';

/** What happened and would happen to the visitors of a code. */
export const visitsApi = {
  code: (id: string): Promise<LiveCode> => call(() => api.GET('/api/v1/codes/{id}', { params: { path: { id } } })),
  slots: async (id: string): Promise<Slot[]> => (await call(() => api.GET('/api/v1/codes/{id}/slots', { params: { path: { id } } }))).items,
  channels: async (id: string): Promise<Channel[]> =>
    (await call(() => api.GET('/api/v1/channels', { params: { query: { codeId: id, pageSize: 100 } } }))).items,
  list: (id: string, query: LoggedVisitsFilter): Promise<LoggedVisits> =>
    call(() => api.GET('/api/v1/codes/{id}/visits', { params: { path: { id }, query } })),
  rehearse: (id: string, body: RehearsalPlan): Promise<Rehearsal> =>
    call(() => api.POST('/api/v1/codes/{id}/rehearsal', { params: { path: { id } }, body })),
};
