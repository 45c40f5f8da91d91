import { api, call } from '@/api/client';
import { t } from '@/shared/i18n';

/** What a new visitor sees right now, as the server's rotation decides it. */
export interface CodePreview {
  state: 'qr' | 'welcome' | 'off-duty';
  slotId: string | null;
  slotName: string | null;
  handedOverTo: { id: string; name: string; number: string } | null;
  reason: string;
}

type Get = (path: string, options: unknown) => Promise<{ data?: CodePreview; error?: unknown; response: Response }>;

export function previewOf(id: string): Promise<CodePreview> {
  return call(() => (api.GET as unknown as Get)('/api/v1/codes/{id}/preview', { params: { path: { id } } }));
}

const OFF_DUTY = ['closed', 'deleted', 'no-slot', 'all-full', 'all-expired'];

/** In words; the code that answers in place of this one is named before them. */
export function wordsOf({ state, slotName, reason }: CodePreview): string {
  if (state === 'off-duty') return t('preview.offDuty') + (OFF_DUTY.includes(reason) ? t(`preview.reason.${reason}`) : '');
  const slot = slotName ?? '';
  if (state === 'welcome') return slot === '' ? t('preview.welcome') : t('preview.welcomeThen', { slot });
  return t(reason === 'next-round' ? 'preview.nextRound' : 'preview.slot', { slot });
}
