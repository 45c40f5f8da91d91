import { api, call } from '@/api/client';
import type { Job } from '@/api/types';

/** The calls about 后台任务. */
export const jobsApi = {
  list: async (): Promise<Job[]> => (await call(() => api.GET('/api/v1/jobs'))).items,
  async run(name: string): Promise<void> {
    await call(() => api.POST('/api/v1/jobs/{name}/run', { params: { path: { name } } }));
  },
};
