import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript';
import vue from 'eslint-plugin-vue';

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'node_modules/**', 'src/api/schema.d.ts'] },
  vue.configs['flat/recommended'],
  vueTsConfigs.recommended,
  {
    rules: {
      // How long a line may be is said below; where a tag breaks is left to the writer.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'never', component: 'always' } }],
      'vue/html-closing-bracket-newline': ['error', { singleline: 'never', multiline: 'never' }],
      'vue/html-indent': 'off',
      'vue/no-v-html': 'error',
      'vue/max-len': ['error', { code: 160, template: 160, ignoreUrls: true, ignoreHTMLTextContents: true }],
      'vue/require-default-prop': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  // One capability never reaches into another; what two of them need lives in shared/.
  ...['accounts', 'overview', 'live-codes', 'notices'].map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: ['accounts', 'overview', 'live-codes', 'notices'].filter((other) => other !== feature).map((other) => `**/features/${other}/**`),
      }],
    },
  })),
  { files: ['src/locales/**'], rules: { 'max-lines': 'off', 'vue/max-len': 'off' } },
);
