import { mount } from '@vue/test-utils';
import { ElFormItem, ElInputNumber, ElRadio, ElSwitch } from 'element-plus';
import { describe, expect, it } from 'vitest';
import { reactive } from 'vue';
import { i18n } from '@/shared/i18n';
import { emptyForm, type Errors } from '../form/codeForm';
import type { Kind } from '../kinds';
import HandOverFields from './HandOverFields.vue';

function mounted(kind: Kind, errors: Errors = {}) {
  const form = reactive(emptyForm(kind));
  return { form, fields: mount(HandOverFields, { props: { modelValue: form, errors }, global: { plugins: [i18n], stubs: { TargetSelect: true } } }) };
}

describe('HandOverFields', () => {
  it('asks for nothing while it is off', () => {
    const { fields } = mounted('group');
    expect(fields.findAllComponents(ElFormItem)).toHaveLength(1);
  });

  it('lets a group code choose the moment, and asks for presses only where they count', async () => {
    const { form, fields } = mounted('group');
    await fields.findComponent(ElSwitch).vm.$emit('update:modelValue', true);
    expect(fields.findAllComponents(ElRadio)).toHaveLength(3);
    expect(form.handOver.when).toBe('exhausted');
    expect(fields.findComponent(ElInputNumber).exists()).toBe(false);

    form.handOver.when = 'after-presses';
    await fields.vm.$nextTick();
    expect(fields.findComponent(ElInputNumber).props('modelValue')).toBe(1000);
  });

  it('asks a card code for presses alone', async () => {
    const { form, fields } = mounted('card');
    form.handOver.enabled = true;
    await fields.vm.$nextTick();
    expect(fields.findComponent(ElRadio).exists()).toBe(false);
    expect(fields.findComponent(ElInputNumber).exists()).toBe(true);
  });

  it('shows what was refused at its field', async () => {
    const { form, fields } = mounted('card', { 'handOver.targetNumber': '没有找到', 'handOver.afterPresses': '太大' });
    form.handOver.enabled = true;
    await fields.vm.$nextTick();
    expect(fields.findAllComponents(ElFormItem).map((item) => item.props('error'))).toEqual([undefined, '没有找到', '太大']);
  });
});
