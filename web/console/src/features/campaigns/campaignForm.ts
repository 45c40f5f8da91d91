import type { Campaign, CampaignChange, LiveCode, NewCampaign, PosterLayout, RewardKind } from '@/api/types';

/** The limits of the form, as the server has them. */
export const NAME_MAX = 30;
export const DESCRIPTION_MAX = 60;
export const GOAL_MAX = 100;
export const URL_MAX = 1_000;

export interface CampaignForm {
  codeId: string;
  name: string;
  goal: number | null;
  posterImageId: string;
  posterUrl: string;
  /** Null: as the server lays it out. */
  layout: PosterLayout | null;
  description: string;
  rewardKind: RewardKind;
  rewardUrl: string;
  startsAt: string | null;
  endsAt: string | null;
  deductLeavers: boolean;
}

export type Errors = Record<string, string>;

export function emptyForm(codeId = ''): CampaignForm {
  return {
    codeId, name: '', goal: 3, posterImageId: '', posterUrl: '', layout: null, description: '', rewardKind: 'link', rewardUrl: '', startsAt: null, endsAt: null,
    deductLeavers: false,
  };
}

export function formOf(campaign: Campaign): CampaignForm {
  return {
    codeId: campaign.codeId, name: campaign.name, goal: campaign.goal, posterImageId: campaign.posterImageId, posterUrl: campaign.posterImageUrl ?? '',
    layout: campaign.layout, description: campaign.description, rewardKind: campaign.reward.kind, rewardUrl: campaign.reward.url ?? '',
    startsAt: campaign.startsAt, endsAt: campaign.endsAt, deductLeavers: campaign.deductLeavers,
  };
}

export function toNew(form: CampaignForm): NewCampaign {
  return {
    codeId: form.codeId, name: form.name.trim(), description: form.description.trim(), goal: form.goal, posterImageId: form.posterImageId, layout: form.layout,
    reward: { kind: form.rewardKind, url: form.rewardKind === 'codes' ? null : form.rewardUrl.trim() }, startsAt: form.startsAt, endsAt: form.endsAt,
    deductLeavers: form.deductLeavers, paused: null,
  };
}

export function toChange(form: CampaignForm, version: number): CampaignChange {
  const { name, description, goal, posterImageId, layout, reward, startsAt, endsAt, deductLeavers, paused } = toNew(form);
  return { version, name, description, goal, posterImageId, layout, reward, startsAt, endsAt, deductLeavers, paused };
}

/** Which fields are still to be filled in, by the name of their text. */
export function check(form: CampaignForm): Errors {
  const errors: Errors = {};
  if (!form.codeId) errors.codeId = 'campaign.needsCode';
  if (!form.name.trim()) errors.name = 'campaign.needsName';
  if (form.goal === null || form.goal < 1 || form.goal > GOAL_MAX) errors.goal = 'campaign.needsGoal';
  if (!form.posterImageId) errors.posterImageId = 'campaign.needsPoster';
  if (form.rewardKind !== 'codes' && !/^https?:\/\/[^\s]+$/i.test(form.rewardUrl.trim())) errors['reward.url'] = 'campaign.needsUrl';
  return errors;
}

/** Why a code can not carry a campaign, as the server has it (D19); null when it can. */
export function obstacleOf(code: Pick<LiveCode, 'kind' | 'building' | 'status'>): 'card' | 'manual' | 'off' | null {
  if (code.kind === 'card') return 'card';
  if (code.building === 'manual') return 'manual';
  return code.status === 'off' ? 'off' : null;
}
