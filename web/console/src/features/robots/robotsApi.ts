import { api, call } from '@/api/client';
import type { CommandFilter, ContactListing, List, Robot, RobotChange, RobotCommand, RobotDriver, RobotEvent, RobotToken, WecomApp } from '@/api/types';

/** The calls about 机器人, in the console's words. */
export const robotsApi = {
  list: async (): Promise<Robot[]> => (await call(() => api.GET('/api/v1/robots'))).items,
  show: (id: string): Promise<Robot> => call(() => api.GET('/api/v1/robots/{id}', at(id))),
  add: (body: { name: string; driver: RobotDriver; riskAccepted: boolean; wecom?: WecomApp }): Promise<RobotToken> =>
    call(() => api.POST('/api/v1/robots', { body })),
  change: (id: string, body: RobotChange): Promise<Robot> => call(() => api.PATCH('/api/v1/robots/{id}', { ...at(id), body })),
  async remove(id: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/robots/{id}', at(id)));
  },
  newToken: (id: string): Promise<RobotToken> => call(() => api.POST('/api/v1/robots/{id}/token', at(id))),
  start: (id: string): Promise<RobotCommand> => call(() => api.POST('/api/v1/robots/{id}/start', at(id))),
  stop: (id: string): Promise<RobotCommand> => call(() => api.POST('/api/v1/robots/{id}/stop', at(id))),
  logout: (id: string): Promise<RobotCommand> => call(() => api.POST('/api/v1/robots/{id}/logout', at(id))),
  refreshContacts: (id: string): Promise<RobotCommand> => call(() => api.POST('/api/v1/robots/{id}/contacts', at(id))),

  friends: (id: string, q: string, page: number): Promise<ContactListing> =>
    call(() => api.GET('/api/v1/robots/{id}/contacts', { params: { path: { id }, query: { q, friends: true, page, pageSize: 50 } } })),
  events: (id: string, page: number): Promise<List<RobotEvent>> =>
    call(() => api.GET('/api/v1/robots/{id}/events', { params: { path: { id }, query: { page, pageSize: 10 } } })),
  commands: (id: string, filter: CommandFilter): Promise<List<RobotCommand>> =>
    call(() => api.GET('/api/v1/robots/{id}/commands', { params: { path: { id }, query: { ...filter, pageSize: 10 } } })),
};

/** The picture of the login QR; `version` makes a new QR a new picture. */
export function loginQrOf(id: string, version: string | null): string {
  return `/api/v1/robots/${encodeURIComponent(id)}/login-qr?size=320&v=${encodeURIComponent(version ?? '')}`;
}

function at(id: string): { params: { path: { id: string } } } {
  return { params: { path: { id } } };
}
