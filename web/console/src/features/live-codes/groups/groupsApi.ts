import { api, call } from '@/api/client';
import type {
  Blacklist, CustomerGroup, Group, GroupChange, GroupMember, GroupMemberFilter, Groups, List, NewLinkedGroup, RefreshedGroups, Robot,
} from '@/api/types';

/** The calls about groups that robots build. */
export const groupsApi = {
  list: (codeId: string): Promise<Groups> => call(() => api.GET('/api/v1/codes/{id}/groups', at(codeId))),
  syncNames: async (codeId: string): Promise<number> => (await call(() => api.POST('/api/v1/codes/{id}/groups/sync-names', at(codeId)))).asked,
  change: (id: string, body: GroupChange): Promise<Group> => call(() => api.PATCH('/api/v1/groups/{id}', { ...at(id), body })),
  link: (codeId: string, body: NewLinkedGroup): Promise<Group> => call(() => api.POST('/api/v1/codes/{id}/groups', { ...at(codeId), body })),
  unlink: (id: string): Promise<Group> => call(() => api.POST('/api/v1/groups/{id}/unlink', at(id))),
  /** Robots of 企业微信, whose customer groups can be put under a code. */
  wecomRobots: async (): Promise<Robot[]> => (await call(() => api.GET('/api/v1/robots'))).items.filter((robot) => robot.driver === 'wecom'),
  customerGroups: (robotId: string, query: { q?: string; page: number; pageSize: number }): Promise<List<CustomerGroup>> =>
    call(() => api.GET('/api/v1/robots/{id}/customer-groups', { params: { path: { id: robotId }, query } })),
  refreshCustomerGroups: (robotId: string): Promise<RefreshedGroups> => call(() => api.POST('/api/v1/robots/{id}/customer-groups/refresh', at(robotId))),
  retry: (id: string): Promise<Group> => call(() => api.POST('/api/v1/groups/{id}/retry', at(id))),
  members: (id: string, query: GroupMemberFilter): Promise<List<GroupMember>> =>
    call(() => api.GET('/api/v1/groups/{id}/members', { params: { path: { id }, query } })),
  blacklist: (codeId: string, query: { q?: string; page: number; pageSize: number }): Promise<Blacklist> =>
    call(() => api.GET('/api/v1/codes/{id}/blacklist', { params: { path: { id: codeId }, query } })),
  importBlacklist: async (codeId: string): Promise<number> => (await call(() => api.POST('/api/v1/codes/{id}/blacklist/import', at(codeId)))).added,
  syncBlacklist: async (codeId: string): Promise<number> => (await call(() => api.POST('/api/v1/codes/{id}/blacklist/sync', at(codeId)))).added,
  async forgive(codeId: string, entryId: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/codes/{id}/blacklist/{entryId}', { params: { path: { id: codeId, entryId } } }));
  },
  async kick(id: string, memberId: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/groups/{id}/members/{memberId}', { params: { path: { id, memberId } } }));
  },
};

function at(id: string) {
  return { params: { path: { id } } };
}
