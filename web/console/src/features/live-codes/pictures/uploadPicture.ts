import { api, call } from '@/api/client';
import type { UploadedImage } from '@/api/types';

export type Purpose = 'slot' | 'welcome' | 'poster';

export function uploadPicture(blob: Blob, name: string, purpose: Purpose, codeId?: string): Promise<UploadedImage> {
  return call(() => api.POST('/api/v1/images', {
    // The document calls a file a string; what is sent is a form with the file in it.
    body: { file: name, purpose, ...(codeId ? { codeId } : {}) },
    bodySerializer: ({ file, ...fields }) => {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
      form.append('file', blob, String(file));
      return form;
    },
  }));
}
