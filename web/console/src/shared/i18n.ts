import { nextTick, ref } from 'vue';
import { createI18n } from 'vue-i18n';
import type { Language as ElementLanguage } from 'element-plus/es/locale';
import elementChinese from 'element-plus/es/locale/lang/zh-cn';
import chinese from '@/locales/zh-CN';
import { read, store } from './storage';

export type Language = 'zh-CN' | 'en';

export const i18n = createI18n({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: { 'zh-CN': chinese } as Record<string, typeof chinese> });
export const language = ref<Language>('zh-CN');
/** The texts of Element Plus itself, for `el-config-provider`. */
export const elementTexts = ref<ElementLanguage>(elementChinese);

export const t = i18n.global.t as (key: string, values?: Record<string, unknown>) => string;

/** Names one after another, as the chosen language does it. */
export function listed(names: readonly string[]): string {
  return names.join(language.value === 'en' ? ', ' : '、');
}

/** Chinese is in the first bundle; English is fetched when somebody asks for it. */
export async function speak(wanted: Language): Promise<void> {
  if (wanted === 'en') {
    const [own, element] = await Promise.all([import('@/locales/en'), import('element-plus/es/locale/lang/en')]);
    i18n.global.setLocaleMessage('en', own.default);
    elementTexts.value = element.default;
  } else {
    elementTexts.value = elementChinese;
  }
  i18n.global.locale.value = wanted;
  language.value = wanted;
  document.documentElement.lang = wanted;
  store('huoma.language', wanted);
  await nextTick();
}

export async function speakAsBefore(): Promise<void> {
  if (read('huoma.language') === 'en') await speak('en');
}
