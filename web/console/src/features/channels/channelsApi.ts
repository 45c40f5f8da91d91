import { api, call } from '@/api/client';
import type { Channel, ChannelChange, ChannelFilter, List, LiveCode, NewChannel } from '@/api/types';

/** The calls about 渠道码, and those about the codes they belong to. */
export const channelsApi = {
  list: (query: ChannelFilter): Promise<List<Channel>> => call(() => api.GET('/api/v1/channels', { params: { query } })),
  create: (codeId: string, body: NewChannel[]): Promise<List<Channel>> => call(() => api.POST('/api/v1/codes/{id}/channels', { ...at(codeId), body })),
  change: (id: string, body: ChannelChange): Promise<Channel> => call(() => api.PATCH('/api/v1/channels/{id}', { ...at(id), body })),

  codes: (q: string): Promise<List<LiveCode>> => call(() => api.GET('/api/v1/codes', { params: { query: { pageSize: 30, ...(q ? { q } : {}) } } })),
  code: (id: string): Promise<LiveCode> => call(() => api.GET('/api/v1/codes/{id}', at(id))),
};

/** The QR of a channel as a picture; `size` matters for PNG only. */
export function qrAddress(id: string, format: 'png' | 'svg', size: number): string {
  return `/api/v1/channels/${encodeURIComponent(id)}/qr?${pictureOf(format, size)}`;
}

/** The QRs of all channels of a code that are in use, as one zip. */
export function zipAddress(codeId: string, format: 'png' | 'svg', size: number): string {
  return `/api/v1/codes/${encodeURIComponent(codeId)}/channels/qr?${pictureOf(format, size)}`;
}

function pictureOf(format: 'png' | 'svg', size: number): string {
  return format === 'png' ? `format=png&size=${size}` : 'format=svg';
}

function at(id: string) {
  return { params: { path: { id } } };
}
