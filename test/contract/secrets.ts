// The contract of secrets, run against every adapter.

import { describe, expect, it } from 'vitest';
import { type Secrets } from '../../src/ports/secrets.ts';

/** Runs the contract; `withValues` makes secrets of these names and values. */
export function secretsContract(
  adapter: string,
  withValues: (values: Readonly<Record<string, string>>) => Promise<Secrets>,
): void {
  describe(`secrets kept ${adapter}`, () => {
    it('are answered by name, those that were asked for', async () => {
      const secrets = await withValues({ GITHUB_TOKEN: 'ghp_12345', OTHER: 'a=b # c', REST: 'ünï 🐧' });
      expect(await secrets.read(['OTHER', 'GITHUB_TOKEN', 'REST'])).toEqual({
        ok: true,
        value: new Map([
          ['OTHER', 'a=b # c'],
          ['GITHUB_TOKEN', 'ghp_12345'],
          ['REST', 'ünï 🐧'],
        ]),
      });
      expect(await secrets.read(['OTHER'])).toEqual({ ok: true, value: new Map([['OTHER', 'a=b # c']]) });
    });

    it('are all there or none is answered, and the fault names the one that is not', async () => {
      const secrets = await withValues({ ONE: 'value-of-one' });
      for (const name of ['TWO', 'constructor', '__proto__']) {
        const read = await secrets.read(['ONE', name]);
        expect(read).toMatchObject({ ok: false, failure: { code: 'SECRET_MISSING' } });
        expect(JSON.stringify(read)).toContain(`there is no secret \\"${name}\\"`);
        expect(JSON.stringify(read)).not.toContain('value-of-one');
      }
    });

    it('are listed by name, without their values', async () => {
      const secrets = await withValues({ TWO: 'value-of-two', ONE: 'value-of-one' });
      const listed = await secrets.list();
      expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(['ONE', 'TWO']);
      expect(JSON.stringify(listed)).not.toContain('value-of');
    });
  });
}
