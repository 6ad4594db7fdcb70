// Limits that parameters give, through the engine: real time passes for a real program.

import { expect, test } from 'vitest';
import { createTestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };

test('a limit that a parameter gives holds, and one that cannot be says so', async () => {
  const lab = await createTestEngine();
  await lab.apply(`
id: limited
params: { limit: 10m }
timeout: "\${limit}"
steps:
  - { id: wait, run: sleep 30, timeout: "\${limit}" }
`);
  const start = (limit: string) =>
    lab.engine.startRun({ workflowId: 'limited', params: [{ name: 'limit', value: limit }], labels: [] }, caller);
  expect(await start('soon')).toMatchObject({ ok: true });
  expect((await lab.ended('limited/1')).state).toMatchObject({ status: 'FAILED', failure: { code: 'BAD_LIMIT' } });
  expect(await start('150ms')).toMatchObject({ ok: true });
  expect((await lab.ended('limited/2')).state).toMatchObject({ status: 'TIMED_OUT' });
  await lab.stop();
  expect(lab.errors).toEqual([]);
});
