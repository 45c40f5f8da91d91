import { ref, type Ref } from 'vue';

const narrow = window.matchMedia('(max-width: 767px)');

/** Phones get cards, drawers and full-screen dialogs. */
export const isPhone: Ref<boolean> = ref(narrow.matches);
narrow.addEventListener('change', (change) => { isPhone.value = change.matches; });
