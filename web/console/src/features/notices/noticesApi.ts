import { api, call } from '@/api/client';
import type { List, NoticeChannel, NoticeChannelRequest, NoticeDelivery, NoticeFilter, NoticeListing } from '@/api/types';

/** The calls about 通知 and 通知渠道, in the console's words. */
export const noticesApi = {
  list: (filter: NoticeFilter): Promise<NoticeListing> => call(() => api.GET('/api/v1/notices', { params: { query: filter } })),
  /** Without ids: all there are. */
  async read(ids: string[] | null): Promise<void> {
    await call(() => api.POST('/api/v1/notices/read', { body: { ids } }));
  },

  channels: async (): Promise<NoticeChannel[]> => (await call(() => api.GET('/api/v1/notice-channels'))).items,
  addChannel: (body: NoticeChannelRequest): Promise<NoticeChannel> => call(() => api.POST('/api/v1/notice-channels', { body })),
  changeChannel: (id: string, body: NoticeChannelRequest): Promise<NoticeChannel> => call(() => api.PATCH('/api/v1/notice-channels/{id}', { ...at(id), body })),
  async removeChannel(id: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/notice-channels/{id}', at(id)));
  },
  testChannel: (id: string): Promise<{ isTaken: boolean; answer: string }> => call(() => api.POST('/api/v1/notice-channels/{id}/test', at(id))),
  deliveries: (id: string, page: number): Promise<List<NoticeDelivery>> =>
    call(() => api.GET('/api/v1/notice-channels/{id}/deliveries', { params: { path: { id }, query: { page, pageSize: 20 } } })),
};

function at(id: string): { params: { path: { id: string } } } {
  return { params: { path: { id } } };
}
