import { api, call } from '@/api/client';
import type { OfficialAccount, OfficialAccountCheck } from '@/api/types';

/** The calls about 公众号. */
export const officialAccountApi = {
  show: (): Promise<OfficialAccount> => call(() => api.GET('/api/v1/official-account')),
  check: async (): Promise<OfficialAccountCheck[]> => (await call(() => api.POST('/api/v1/official-account/check'))).items,
  async keepFile(name: string, content: string): Promise<void> {
    await call(() => api.POST('/api/v1/official-account/verify-files', { body: { name, content } }));
  },
  async removeFile(id: string): Promise<void> {
    await call(() => api.DELETE('/api/v1/official-account/verify-files/{id}', { params: { path: { id } } }));
  },
};
