import { shallowRef } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import { Problem } from './api/problem';
import { findSession, me } from './shared/session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name in the browser's tab. */
    title?: string;
    /** False for pages that stand alone and need no session. */
    frame?: boolean;
    ownersOnly?: boolean;
    writersOnly?: boolean;
  }
}

/** Why the console could not start (no network, no server); shown instead of any page. */
export const startProblem = shallowRef<Problem | null>(null);

export const router = createRouter({
  history: createWebHistory('/console/'),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./features/accounts/SignInPage.vue'), meta: { title: 'signIn.title', frame: false } },
    { path: '/setup', name: 'set-up', component: () => import('./features/accounts/SetUpPage.vue'), meta: { title: 'setUp.title', frame: false } },
    { path: '/', name: 'overview', component: () => import('./features/overview/OverviewPage.vue'), meta: { title: 'menu.overview' } },
    {
      path: '/codes', name: 'codes', props: { kind: 'group' },
      component: () => import('./features/live-codes/list/LiveCodeList.vue'), meta: { title: 'menu.codes' },
    },
    {
      path: '/codes/deleted', name: 'deleted-codes',
      component: () => import('./features/live-codes/deleted/RecycleBin.vue'), meta: { title: 'bin.title' },
    },
    {
      path: '/cards', name: 'cards', props: { kind: 'card' },
      component: () => import('./features/live-codes/list/LiveCodeList.vue'), meta: { title: 'menu.cards' },
    },
    {
      path: '/codes/new', name: 'new-code', props: { kind: 'group' },
      component: () => import('./features/live-codes/wizard/NewLiveCode.vue'), meta: { title: 'wizard.title', writersOnly: true },
    },
    {
      path: '/cards/new', name: 'new-card', props: { kind: 'card' },
      component: () => import('./features/live-codes/wizard/NewLiveCode.vue'), meta: { title: 'card.wizard.title', writersOnly: true },
    },
    {
      path: '/codes/new/:id/:step(basics|slots|done)', name: 'new-code-step', props: true,
      component: () => import('./features/live-codes/wizard/ContinueLiveCode.vue'), meta: { title: 'wizard.title', writersOnly: true },
    },
    {
      path: '/codes/:id/slots', name: 'slots', props: true,
      component: () => import('./features/live-codes/slots/SlotsPage.vue'), meta: { title: 'slots.title' },
    },
    {
      path: '/codes/:id/groups', name: 'groups', props: true,
      component: () => import('./features/live-codes/groups/GroupsPage.vue'), meta: { title: 'groups.title' },
    },
    {
      path: '/codes/:id/rules', name: 'group-rules', props: true,
      component: () => import('./features/live-codes/groups/rules/RulesPage.vue'), meta: { title: 'rules.title' },
    },
    {
      path: '/codes/:id/announcements', name: 'announcements', props: true,
      component: () => import('./features/live-codes/groups/rules/AnnouncementsPage.vue'), meta: { title: 'announcements.title' },
    },
    {
      path: '/codes/:id/edit', name: 'edit-code', props: true,
      component: () => import('./features/live-codes/form/EditLiveCode.vue'), meta: { title: 'edit.title' },
    },
    {
      path: '/codes/:id/visits', name: 'visits', props: true,
      component: () => import('./features/visits/ReplayPage.vue'), meta: { title: 'visits.title' },
    },
    {
      path: '/codes/:id/rehearsal', name: 'rehearsal', props: true,
      component: () => import('./features/visits/RehearsalPage.vue'), meta: { title: 'rehearsal.title' },
    },
    { path: '/channels', name: 'channels', component: () => import('./features/channels/list/ChannelList.vue'), meta: { title: 'menu.channels' } },
    {
      path: '/channels/new', name: 'new-channels',
      component: () => import('./features/channels/form/NewChannels.vue'), meta: { title: 'channels.new', writersOnly: true },
    },
    { path: '/campaigns', name: 'campaigns', component: () => import('./features/campaigns/CampaignList.vue'), meta: { title: 'menu.campaigns' } },
    {
      path: '/campaigns/new', name: 'new-campaign',
      component: () => import('./features/campaigns/NewCampaign.vue'), meta: { title: 'campaign.new', writersOnly: true },
    },
    {
      path: '/campaigns/:id/edit', name: 'edit-campaign', props: true,
      component: () => import('./features/campaigns/EditCampaign.vue'), meta: { title: 'campaign.edit', writersOnly: true },
    },
    {
      path: '/campaigns/:id', name: 'campaign', props: true,
      component: () => import('./features/campaigns/CampaignPage.vue'), meta: { title: 'menu.campaigns' },
    },
    {
      path: '/statistics/:id?', name: 'statistics', props: true,
      component: () => import('./features/statistics/StatisticsPage.vue'), meta: { title: 'menu.statistics' },
    },
    { path: '/notices', name: 'notices', component: () => import('./features/notices/NoticeList.vue'), meta: { title: 'menu.notices' } },
    {
      path: '/notices/channels', name: 'notice-channels',
      component: () => import('./features/notices/ChannelList.vue'), meta: { title: 'menu.noticeChannels' },
    },
    { path: '/robots', name: 'robots', component: () => import('./features/robots/RobotList.vue'), meta: { title: 'menu.robots' } },
    { path: '/robots/:id', name: 'robot', props: true, component: () => import('./features/robots/RobotPage.vue'), meta: { title: 'menu.robots' } },
    { path: '/quota', name: 'quota', component: () => import('./features/quota/QuotaPage.vue'), meta: { title: 'quota.title' } },
    { path: '/users', name: 'users', component: () => import('./features/accounts/UserList.vue'), meta: { title: 'menu.users', ownersOnly: true } },
    { path: '/audit-log', name: 'audit-log', component: () => import('./features/audit/AuditLogPage.vue'), meta: { title: 'menu.auditLog', ownersOnly: true } },
    {
      path: '/official-account', name: 'official-account',
      component: () => import('./features/official-account/OfficialAccountPage.vue'), meta: { title: 'officialAccount.title', ownersOnly: true },
    },
    { path: '/jobs', name: 'jobs', component: () => import('./features/jobs/JobsPage.vue'), meta: { title: 'menu.jobs', ownersOnly: true } },
    { path: '/:path(.*)*', name: 'nowhere', component: () => import('./frame/NotFound.vue'), meta: { title: 'common.notFound' } },
  ],
});

router.beforeEach(async (to) => {
  if (to.name === 'set-up') return true;
  try {
    await findSession();
    startProblem.value = null;
  } catch (error) {
    startProblem.value = Problem.of(error);
    return true;
  }
  if (to.name === 'sign-in') return me.value === null ? true : { name: 'overview' };
  if (me.value === null) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  if (to.meta.ownersOnly && me.value.role !== 'owner') return { name: 'overview' };
  if (to.meta.writersOnly && me.value.role === 'viewer') return { name: 'codes' };
  return true;
});

// After an upgrade of the server the old page's chunks are gone: fetch the new page once.
router.onError((error, to) => {
  if (!/dynamically imported module|Importing a module|preload/i.test(String(error))) return;
  if (sessionStorage.getItem('huoma.reloaded') === to.fullPath) return;
  sessionStorage.setItem('huoma.reloaded', to.fullPath);
  location.assign(router.resolve(to.fullPath).href);
});
