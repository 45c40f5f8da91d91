import { ElMessage } from 'element-plus/es/components/message/index';
import { ElMessageBox } from 'element-plus/es/components/message-box/index';
import 'element-plus/es/components/message/style/css';
import 'element-plus/es/components/message-box/style/css';
import { h } from 'vue';
import type { Problem } from '@/api/problem';
import { t } from './i18n';

export function tellDone(text: string): void {
  ElMessage({ type: 'success', message: text, grouping: true, plain: true });
}

/** Says what was done and takes it back on demand, for ten seconds (or as long as the pointer rests on it). */
export function tellUndoable(text: string, undo: () => void): void {
  const button = { type: 'button', class: 'text-button undo-button', 'data-testid': 'undo', onClick: takeBack };
  const said = ElMessage({
    type: 'success',
    plain: true,
    showClose: true,
    duration: 10_000,
    message: () => h('span', [text, h('button', button, t('common.undo'))]),
  });

  function takeBack(): void {
    said.close();
    undo();
  }
}

export function tellFailure(problem: Problem | string): void {
  const message = typeof problem === 'string' ? problem : problem.message;
  ElMessage({ type: 'error', message, grouping: true, showClose: true, duration: 6_000, plain: true });
}

/** Asks before something that has consequences; the text says what they are. */
export async function confirm(title: string, text: string, options: { confirm: string; danger?: boolean; cancel?: string }): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      confirmButtonText: options.confirm,
      cancelButtonText: options.cancel ?? t('common.cancel'),
      confirmButtonClass: options.danger ? 'el-button--danger' : '',
      type: options.danger ? 'warning' : '',
      autofocus: !options.danger,
      customClass: 'confirm-box',
    });
    return true;
  } catch {
    return false;
  }
}
