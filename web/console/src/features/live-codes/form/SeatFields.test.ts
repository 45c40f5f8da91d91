import { mount } from '@vue/test-utils';
import { ElFormItem, ElInputNumber, ElSwitch } from 'element-plus';
import { describe, expect, it } from 'vitest';
import { reactive } from 'vue';
import { i18n } from '@/shared/i18n';
import { emptyForm, type CodeForm, type Errors } from './codeForm';
import SeatFields from './SeatFields.vue';

function mounted(seats: Partial<CodeForm['seats']> = {}, errors: Errors = {}) {
  const form = reactive({ ...emptyForm('group'), seats: { ...emptyForm('group').seats, ...seats } });
  return { form, fields: mount(SeatFields, { props: { modelValue: form, errors }, global: { plugins: [i18n] } }) };
}

describe('SeatFields', () => {
  it('asks for nothing while it is off', () => {
    const { fields } = mounted();
    expect(fields.findAllComponents(ElSwitch)).toHaveLength(1);
    expect(fields.findComponent(ElInputNumber).exists()).toBe(false);
  });

  it('proposes a number when it is switched on, and a lease only when that is switched on too', async () => {
    const { form, fields } = mounted();
    await fields.findComponent(ElSwitch).vm.$emit('update:modelValue', true);
    expect(form.seats.limited).toBe(true);
    expect(fields.findAllComponents(ElInputNumber).map((field) => field.props('modelValue'))).toEqual([180]);

    await fields.findAllComponents(ElSwitch)[1]!.vm.$emit('update:modelValue', true);
    expect(fields.findAllComponents(ElInputNumber).map((field) => field.props('modelValue'))).toEqual([180, 5]);
  });

  it('shows what was refused at its field', () => {
    const { fields } = mounted({ limited: true, leased: true }, { 'seats.leaseMinutes': 'Too long' });
    expect(fields.findAllComponents(ElFormItem).map((item) => item.props('error'))).toEqual([undefined, undefined, undefined, 'Too long']);
  });
});
