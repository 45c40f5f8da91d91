import { api, call } from '@/api/client';
import type {
  Campaign, CampaignChange, DecidedInvitees, InviteStep, InviteTreeNode, Invitee, InviteeDecisions, InviteeFilter, List, LiveCode, NewCampaign,
  NewPosterPreview, Participant, ParticipantFilter, SharingConcern, StockedCodes, UploadedImage,
} from '@/api/types';

/** The calls about 任务宝, and those about the codes they may run on. */
export const campaignsApi = {
  list: (query: { page: number; pageSize: number; q?: string }): Promise<List<Campaign>> => call(() => api.GET('/api/v1/campaigns', { params: { query } })),
  get: (id: string): Promise<Campaign> => call(() => api.GET('/api/v1/campaigns/{id}', at(id))),
  create: (body: NewCampaign): Promise<Campaign> => call(() => api.POST('/api/v1/campaigns', { body })),
  change: (id: string, body: CampaignChange): Promise<Campaign> => call(() => api.PATCH('/api/v1/campaigns/{id}', { ...at(id), body })),
  checkTexts: async (texts: string[]): Promise<SharingConcern[]> => (await call(() => api.POST('/api/v1/campaigns/check-texts', { body: { texts } }))).concerns,

  participants: (id: string, query: ParticipantFilter): Promise<List<Participant>> =>
    call(() => api.GET('/api/v1/campaigns/{id}/participants', { params: { path: { id }, query } })),
  invitees: (id: string, query: { page: number; pageSize: number }): Promise<List<Invitee>> =>
    call(() => api.GET('/api/v1/participants/{id}/invitees', { params: { path: { id }, query } })),
  toBeConfirmed: (id: string, query: InviteeFilter): Promise<List<Invitee>> =>
    call(() => api.GET('/api/v1/campaigns/{id}/invitees', { params: { path: { id }, query: { ...query, toBeConfirmed: true } } })),
  decide: (id: string, body: Partial<InviteeDecisions> & Pick<InviteeDecisions, 'decision'>): Promise<DecidedInvitees> =>
    call(() => api.POST('/api/v1/campaigns/{id}/invitees/decisions', {
      ...at(id), body: { ids: null, groupId: null, evidence: null, from: null, to: null, ...body },
    })),
  tree: (id: string, query: { page: number; pageSize: number; under?: string }): Promise<List<InviteTreeNode>> =>
    call(() => api.GET('/api/v1/campaigns/{id}/tree', { params: { path: { id }, query } })),
  path: async (participantId: string): Promise<InviteStep[]> => (await call(() => api.GET('/api/v1/participants/{id}/path', at(participantId)))).path,
  forgetParticipant: (id: string): Promise<void> => call(() => api.DELETE('/api/v1/participants/{id}/personal-data', at(id))),
  forgetInvitee: (id: string): Promise<void> => call(() => api.DELETE('/api/v1/invitees/{id}/personal-data', at(id))),
  groups: async (codeId: string): Promise<{ id: string; name: string }[]> => (await call(() => api.GET('/api/v1/codes/{id}/groups', at(codeId)))).items,
  confirm: (id: string): Promise<Invitee> => call(() => api.POST('/api/v1/invitees/{id}/confirm', at(id))),
  reject: (id: string): Promise<Invitee> => call(() => api.POST('/api/v1/invitees/{id}/reject', at(id))),

  stock: (id: string, file: File): Promise<StockedCodes> => call(() => api.POST('/api/v1/campaigns/{id}/reward-codes', {
    ...at(id), body: { file: file.name }, bodySerializer: () => formOf({}, file),
  })),
  uploadPoster: (file: File): Promise<UploadedImage> => call(() => api.POST('/api/v1/images', {
    body: { file: file.name, purpose: 'poster' }, bodySerializer: () => formOf({ purpose: 'poster' }, file),
  })),
  previewPoster: async (body: NewPosterPreview): Promise<Blob> =>
    await call(() => api.POST('/api/v1/campaigns/poster-preview', { body, parseAs: 'blob' })) as unknown as Blob,
  codes: (q: string): Promise<List<LiveCode>> => call(() => api.GET('/api/v1/codes', { params: { query: { pageSize: 30, ...(q ? { q } : {}) } } })),
  code: (id: string): Promise<LiveCode> => call(() => api.GET('/api/v1/codes/{id}', at(id))),
};

/** 裂变用户 as a file, with the filters of the list. */
export function exportAddress(id: string, query: ParticipantFilter): string {
  const filters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') filters.set(key, String(value));
  return `/api/v1/campaigns/${encodeURIComponent(id)}/participants.csv?${filters}`;
}

/** The document calls a file a string; what is sent is a form with the file in it. */
function formOf(fields: Record<string, string>, file: File): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', file, file.name);
  return form;
}

function at(id: string) {
  return { params: { path: { id } } };
}
