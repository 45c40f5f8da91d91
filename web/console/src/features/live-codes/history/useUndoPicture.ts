import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { PictureWarning } from '@/api/types';
import { t } from '@/shared/i18n';
import { tellDone, tellFailure } from '@/shared/notify';
import { useAction } from '@/shared/useAction';
import { liveCodesApi } from '../liveCodesApi';

export interface UndoWish {
  slotId: string;
  slotName: string;
  /** The picture that goes; the server makes sure that it is still the present one. */
  imageId: string;
  /** Which replacement to take back; the last one when missing. */
  entryId?: string;
}

export interface Undoing {
  /** Waits for a reason: the former picture is doubtful by now. */
  asked: ShallowRef<(UndoWish & { warnings: PictureWarning[] }) | null>;
  errors: Ref<Record<string, string>>;
  busy: Ref<boolean>;
  undo: (wish: UndoWish, answer?: { overrideReason: string; expiresAt: string | null }) => Promise<void>;
}

/** Puts a former picture back; when the server doubts it, asks the operator first. */
export function useUndoPicture(changed: () => void): Undoing {
  const asked: Undoing['asked'] = shallowRef(null);
  const errors = ref<Record<string, string>>({});
  const { busy, problem, run } = useAction({ tell: false });

  async function undo(wish: UndoWish, answer?: { overrideReason: string; expiresAt: string | null }): Promise<void> {
    errors.value = {};
    const { slotId, imageId, entryId = null } = wish;
    const body = { imageId, entryId, overrideReason: null, expiresAt: null, ...answer };
    const done = await run(async () => { await liveCodesApi.undoPicture(slotId, body); });
    if (done) {
      asked.value = null;
      tellDone(t('undo.done'));
      changed();
      return;
    }
    const refused = problem.value;
    if (!refused) return;
    if (refused.warnings.length > 0) asked.value = { ...wish, warnings: refused.warnings };
    // A first answer that has warnings only asks; what is wrong with the answer to it stands at its field.
    if (asked.value && refused.atFields) errors.value = answer ? refused.errors : {};
    else tellFailure(refused);
  }

  return { asked, errors, busy, undo };
}
