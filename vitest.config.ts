// The suites, one project each (`npx vitest run --project engine`). What a folder of test/ does not name is `unit`.
// test/support/services.ts starts MongoDB, Redis and Kubernetes only when a test asks for them.

import { defineConfig } from 'vitest/config';

const SECOND_MS = 1_000;

/** Suites with services or processes, and how long one test of theirs may take. */
const suites: Readonly<Record<string, number>> = {
  contract: 30 * SECOND_MS,
  engine: 30 * SECOND_MS,
  graphql: 30 * SECOND_MS,
  sim: 120 * SECOND_MS,
  e2e: 60 * SECOND_MS,
  chaos: 180 * SECOND_MS,
  web: 120 * SECOND_MS,
  kubernetes: 120 * SECOND_MS,
};

/** Suites whose tests start servers of their own and measure time: they run after the others, a file at a time. */
const alone: readonly string[] = ['e2e', 'chaos', 'web', 'kubernetes'];

/** Node loads graphql as CommonJS for packages such as Apollo Server; Vite would load its other copy for us. */
const oneGraphql = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        resolve: oneGraphql,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: Object.keys(suites).map((suite) => `test/${suite}/**`),
          globalSetup: ['test/support/services.ts'],
          testTimeout: 10 * SECOND_MS,
        },
      },
      ...Object.entries(suites).map(([suite, timeout]) => ({
        resolve: oneGraphql,
        test: {
          name: suite,
          include: [`test/${suite}/**/*.test.ts`],
          globalSetup: ['test/support/services.ts'],
          testTimeout: timeout,
          hookTimeout: Math.max(timeout, 120 * SECOND_MS),
          ...(alone.includes(suite)
            ? { fileParallelism: false, sequence: { groupOrder: alone.indexOf(suite) + 1 } }
            : {}),
        },
      })),
    ],
  },
});
