// Secrets that are given, for tests. The record may change between two reads.

import { failed, success } from '../../core/result.ts';
import { type Secrets } from '../../ports/secrets.ts';

/** Keeps secrets in memory. */
export function createMemorySecrets(values: Readonly<Record<string, string>> = {}): Secrets {
  return {
    read: async (names) => {
      const found = new Map<string, string>();
      for (const name of names) {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined) {
          return failed({
            code: 'SECRET_MISSING',
            why: `there is no secret "${name}" in memory.`,
            hint: 'Give it to createMemorySecrets.',
          });
        }
        found.set(name, value);
      }
      return success(found);
    },
    list: async () =>
      success(
        Object.keys(values)
          .sort()
          .map((name) => ({ name, from: 'memory' })),
      ),
  };
}
