import { api, call } from '@/api/client';
import type {
  AuditEntry, BulkResult, DeletedSlot, List, LiveCode, LiveCodeChange, LiveCodeFilter, NewLiveCode, NewSlot, PictureUndo, Slot, SlotChange, SlotPicture,
} from '@/api/types';

/** The calls about 活码 and their slots, in the console's words. */
export const liveCodesApi = {
  list: (filter: LiveCodeFilter): Promise<List<LiveCode>> => call(() => api.GET('/api/v1/codes', { params: { query: filter } })),
  get: (id: string): Promise<LiveCode> => call(() => api.GET('/api/v1/codes/{id}', at(id))),
  create: (body: NewLiveCode): Promise<LiveCode> => call(() => api.POST('/api/v1/codes', { body })),
  change: (id: string, body: LiveCodeChange): Promise<LiveCode> => call(() => api.PATCH('/api/v1/codes/{id}', { ...at(id), body })),
  async remove(id: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/codes/{id}', at(id)));
  },

  restore: (id: string): Promise<LiveCode> => call(() => api.POST('/api/v1/codes/{id}/restore', at(id))),
  turnMany: async (ids: string[], status: LiveCode['status']): Promise<BulkResult[]> =>
    (await call(() => api.POST('/api/v1/codes/status', { body: { ids, status } }))).results,
  removeMany: async (ids: string[]): Promise<BulkResult[]> => (await call(() => api.POST('/api/v1/codes/delete', { body: { ids } }))).results,
  history: (id: string, page: number): Promise<List<AuditEntry>> =>
    call(() => api.GET('/api/v1/codes/{id}/history', { params: { path: { id }, query: { page } } })),

  deletedSlots: async (codeId: string): Promise<DeletedSlot[]> =>
    (await call(() => api.GET('/api/v1/codes/{id}/slots/deleted', { params: { path: { id: codeId }, query: { pageSize: 100 } } }))).items,
  restoreSlot: (id: string): Promise<Slot> => call(() => api.POST('/api/v1/slots/{id}/restore', at(id))),
  undoPicture: (id: string, body: PictureUndo): Promise<Slot> => call(() => api.POST('/api/v1/slots/{id}/image/undo', { ...at(id), body })),
  slots: async (codeId: string): Promise<Slot[]> => (await call(() => api.GET('/api/v1/codes/{id}/slots', at(codeId)))).items,
  addSlot: (codeId: string, body: NewSlot): Promise<Slot> => call(() => api.POST('/api/v1/codes/{id}/slots', { ...strictlyAt(codeId), body })),
  changeSlot: (id: string, body: SlotChange): Promise<Slot> => call(() => api.PATCH('/api/v1/slots/{id}', { ...at(id), body })),
  replacePicture: (id: string, body: SlotPicture): Promise<Slot> => call(() => api.PUT('/api/v1/slots/{id}/image', { ...strictlyAt(id), body })),
  async removeSlot(id: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/slots/{id}', at(id)));
  },
  async orderSlots(codeId: string, ids: string[]): Promise<void> {
    await call(() => api.PUT('/api/v1/codes/{id}/slots/order', { ...at(codeId), body: { ids } }));
  },
};

export type QrFormat = 'png' | 'svg';

/** The permanent QR of a code as a picture; `size` matters for PNG only. */
export function qrAddress(id: string, format: QrFormat, size: number): string {
  const query = format === 'png' ? `format=png&size=${size}` : 'format=svg';
  return `/api/v1/codes/${encodeURIComponent(id)}/qr?${query}`;
}

function at(id: string) {
  return { params: { path: { id } } };
}

/** A doubtful picture is refused unless a reason for keeping it is given. */
function strictlyAt(id: string) {
  return { params: { path: { id }, query: { strict: true } } };
}
