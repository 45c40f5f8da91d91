import { describe, expect, it } from 'vitest';
import { changesIn, emptyWecom, missingIn } from './wecomForm';

describe('wecomForm', () => {
  it('misses everything that is empty', () => {
    const form = { ...emptyWecom('wwCORP'), secret: '  ' };

    expect(missingIn(form, 'x')).toEqual({ 'wecom.secret': 'x', 'wecom.callbackToken': 'x', 'wecom.encodingAesKey': 'x' });
    expect(missingIn({ corpId: 'a', secret: 'b', callbackToken: 'c', encodingAesKey: 'd' }, 'x')).toEqual({});
  });

  it('leaves what is empty as it is', () => {
    expect(changesIn({ ...emptyWecom('wwCORP'), secret: ' new ' })).toEqual({ corpId: 'wwCORP', secret: 'new', callbackToken: null, encodingAesKey: null });
  });
});
