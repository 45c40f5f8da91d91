import { api, call } from '@/api/client';
import type { Announcement, AnnouncementDetail, GroupRules, GroupRulesChange, KeywordHit, KeywordTrial, List, NewAnnouncement } from '@/api/types';

/** The calls about 群规则 and 群公告 of a code. */
export const rulesApi = {
  get: (codeId: string): Promise<GroupRules> => call(() => api.GET('/api/v1/codes/{id}/rules', at(codeId))),
  save: (codeId: string, body: GroupRulesChange): Promise<GroupRules> => call(() => api.PUT('/api/v1/codes/{id}/rules', { ...at(codeId), body })),
  tryKeywords: (codeId: string, keywords: string[]): Promise<KeywordTrial> =>
    call(() => api.POST('/api/v1/codes/{id}/rules/try-keywords', { ...at(codeId), body: { keywords } })),
  kicks: (codeId: string, page: number, pageSize: number): Promise<List<KeywordHit>> =>
    call(() => api.GET('/api/v1/codes/{id}/rules/kicks', { params: { path: { id: codeId }, query: { page, pageSize } } })),
  announcements: (codeId: string, page: number, pageSize: number): Promise<List<Announcement>> =>
    call(() => api.GET('/api/v1/codes/{id}/announcements', { params: { path: { id: codeId }, query: { page, pageSize } } })),
  announce: (codeId: string, body: NewAnnouncement): Promise<Announcement> => call(() => api.POST('/api/v1/codes/{id}/announcements', { ...at(codeId), body })),
  announcement: (id: string): Promise<AnnouncementDetail> => call(() => api.GET('/api/v1/announcements/{id}', at(id))),
  retry: async (id: string): Promise<number> => (await call(() => api.POST('/api/v1/announcements/{id}/retry', at(id)))).asked,
};

function at(id: string) {
  return { params: { path: { id } } };
}
