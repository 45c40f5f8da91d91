import { onBeforeUnmount, onMounted } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import { t } from './i18n';
import { confirm } from './notify';

/** Asks before a page with unsaved input is left, by a link as by closing the tab. */
export function useLeaveGuard(isDirty: () => boolean, text: () => string): void {
  function onUnload(event: BeforeUnloadEvent): void {
    if (isDirty()) event.preventDefault();
  }

  onMounted(() => window.addEventListener('beforeunload', onUnload));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', onUnload));
  const mayGo = async (): Promise<boolean> =>
    !isDirty() || confirm(t('leave.title'), text(), { confirm: t('leave.confirm'), cancel: t('leave.stay'), danger: true });
  onBeforeRouteLeave(mayGo);
  // The steps of the wizard are one route with another parameter.
  onBeforeRouteUpdate(async (to, from) => to.path === from.path || mayGo());
}
