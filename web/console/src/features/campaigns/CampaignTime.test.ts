import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import CampaignTime from './CampaignTime.vue';

const props = { label: '开始时间', note: '立即开始', testid: 'at' };

describe('the time of a campaign', () => {
  it('is what clocks in Beijing show, whatever the browser thinks', async () => {
    const field = mount(CampaignTime, { props: { ...props, modelValue: '2026-12-01T16:00:00.000Z' }, global: { stubs: { ElInput: false } } });
    const input = field.findComponent({ name: 'ElInput' });
    expect(input.props('modelValue')).toBe('2026-12-02T00:00');

    await input.vm.$emit('update:modelValue', '2026-12-05T08:30');

    expect(field.emitted('update:modelValue')).toEqual([['2026-12-05T00:30:00.000Z']]);
  });

  it('is without limit when it is empty', async () => {
    const field = mount(CampaignTime, { props: { ...props, modelValue: '2026-12-01T16:00:00.000Z' } });
    expect(field.text()).not.toContain('立即开始');
    await field.findComponent({ name: 'ElInput' }).vm.$emit('update:modelValue', '');
    expect(field.emitted('update:modelValue')).toEqual([[null]]);
    await field.setProps({ modelValue: null });
    expect(field.text()).toContain('立即开始');
  });
});
