import { defineAsyncComponent } from 'vue';

/** ECharts is fetched only by pages that draw, and after their figures. */
export const LazyChart = defineAsyncComponent(() => import('./LineChart.vue'));
