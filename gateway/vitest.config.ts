import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/build.ts',
    // wechaty-puppet-service keeps LevelDB caches below HOME.
    env: { WECHATY_LOG: 'silent', HOME: new URL('./node_modules/.cache/home', import.meta.url).pathname },
    // Against hanging only: the tests that start processes take seconds, and many times that on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
