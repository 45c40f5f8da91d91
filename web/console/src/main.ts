import { createApp } from 'vue';
import 'element-plus/es/components/base/style/css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import './shared/styles.css';
import App from './App.vue';
import { router } from './router';
import { i18n, speakAsBefore } from './shared/i18n';

await speakAsBefore();
createApp(App).use(i18n).use(router).mount('#app');
