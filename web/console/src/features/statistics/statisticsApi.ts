import { api, call } from '@/api/client';
import type { ChannelStatistics, LiveCode, SlotStatistics, Statistics } from '@/api/types';
import type { RangeQuery } from './statisticsPlace';

/** The calls about 数据统计; a code's id, or null for all codes. */
export const statisticsApi = {
  trend(code: string | null, range: RangeQuery, channel: string, previous: boolean): Promise<Statistics> {
    const compare = previous ? { compare: 'previous' as const } : {};
    return code === null
      ? call(() => api.GET('/api/v1/stats', { params: { query: { ...range, ...compare } } }))
      : call(() => api.GET('/api/v1/codes/{id}/stats', {
        params: { path: { id: code }, query: { ...range, ...compare, ...(channel ? { channelId: channel } : {}) } },
      }));
  },
  channels: (code: string, range: RangeQuery, ids: string[]): Promise<ChannelStatistics> => call(() => api.GET('/api/v1/codes/{id}/stats/channels', {
    params: { path: { id: code }, query: { ...range, ...(ids.length > 0 ? { ids: ids.join(',') } : {}) } },
  })),
  slots: (code: string, range: RangeQuery): Promise<SlotStatistics> =>
    call(() => api.GET('/api/v1/codes/{id}/stats/slots', { params: { path: { id: code }, query: { ...range } } })),

  code: (id: string): Promise<LiveCode> => call(() => api.GET('/api/v1/codes/{id}', { params: { path: { id } } })),
  findCodes: async (q: string): Promise<LiveCode[]> =>
    (await call(() => api.GET('/api/v1/codes', { params: { query: { pageSize: 20, ...(q ? { q } : {}) } } }))).items,
};

export type FileTable = 'trend' | 'channels' | 'slots';

/** Where a file of the same figures is. */
export function fileAddress(code: string | null, kind: 'csv' | 'xlsx', range: RangeQuery, channel: string, table: FileTable): string {
  const query = new URLSearchParams({ ...range });
  if (code !== null && channel) query.set('channelId', channel);
  if (code !== null && kind === 'csv' && table !== 'trend') query.set('table', table);
  return `/api/v1/${code === null ? '' : `codes/${encodeURIComponent(code)}/`}stats.${kind}?${query}`;
}
