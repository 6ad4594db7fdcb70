// Every history that is kept passes; one that is kept for a mistake which can be planted fails once it is planted.
//
// `RECORD='no fence' npx vitest run --project sim test/sim/corpus.test.ts -t 'no fence'` looks for another history that finds the
// breakages whose name begins so, and keeps it. `TRACE=1` shows what happens.

import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { type Breakage, breakages } from './breakages.ts';
import { finds, keptHistories, recordFinding, replay } from './corpus.ts';
import { realEngine } from './run-seeds.ts';

const { RECORD } = process.env;

describe('a history that failed once does not fail again', () => {
  test.each([...keptHistories()])('%s', async (_, history) => {
    const { wrong, trace } = await replay(history, realEngine);
    if (trace.length > 0) process.stdout.write(`${trace.join('\n')}\n`);
    expect(wrong).toEqual([]);
  });
});

describe('an engine that is broken on purpose is found out', () => {
  // No `test.each`: it shortens names, and the command below looks for them.
  for (const breakage of breakages) {
    test(breakage.name, { timeout: RECORD === undefined ? 120_000 : 3_600_000 }, () => finding(breakage));
  }

  async function finding(breakage: Breakage): Promise<void> {
    const { name, edits } = breakage;
    if (RECORD !== undefined && name.startsWith(RECORD)) await recordFinding(breakage, realEngine);
    const broken = await breakEngine(edits);
    const kept = [...keptHistories().values()].filter((history) => history.breakage === name);
    let isFound = false;
    for (const history of kept) isFound ||= await finds(history, broken);
    const command = `RECORD='${name}' npx vitest run --project sim test/sim/corpus.test.ts -t '${name}'`;
    expect(isFound, `No kept history finds it. Look for another: ${command}`).toBe(true);
  }
});
