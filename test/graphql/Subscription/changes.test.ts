// Watching one run, one workflow, signals and the fleet: a SNAPSHOT and then live, or behind a cursor.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, listAt, type Operations, type Result, sleeper, startOperations, textAt, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
  await test.apply(sleeper);
});
afterAll(() => test.stop());

const start = async (workflowId = 'penguins'): Promise<string> => {
  const { data } = await test.ask('mutation ($id: ID!) { startRun(input: { workflowId: $id }) { run { id } } }', {
    id: workflowId,
  });
  return textAt(data, 'startRun.run.id');
};

const RUN = `subscription ($id: ID!, $after: ChangeCursor) {
  runChanges(runId: $id, after: $after) { kind cursor run { status } steps { stepId phase } events { type stepId text } }
}`;

describe('runChanges', () => {
  it('completes after the terminal change, and resumes anywhere with the same changes', async () => {
    const id = await start();
    const changes: Result[] = [];
    for await (const change of test.watch(RUN, { id })) changes.push(change);
    expect(at(changes[0]?.data, 'runChanges.kind')).toBe('SNAPSHOT');
    expect(at(changes.at(-1)?.data, 'runChanges.run.status')).toBe('SUCCEEDED');

    const whole: Result[] = [];
    const { data } = await test.ask('query ($id: ID!) { run(id: $id) { timeline { cursor type } } }', { id });
    const created = at(data, 'run.timeline.0.cursor');
    for await (const change of test.watch(RUN, { id, after: created })) whole.push(change);
    expect(whole.every((change) => at(change.data, 'runChanges.kind') === 'COMMIT')).toBe(true);
    const types = whole.flatMap((change) => listAt(change.data, 'runChanges.events').map((event) => at(event, 'type')));
    expect(types.at(-1)).toBe('RunEnded');
    for (const [place, change] of whole.slice(0, -1).entries()) {
      const rest: Result[] = [];
      for await (const next of test.watch(RUN, { id, after: at(change.data, 'runChanges.cursor') })) rest.push(next);
      expect(rest).toEqual(whole.slice(place + 1));
    }
  });

  it('says that there is no such run', async () => {
    const { value } = (await test.watch(RUN, { id: 'penguins/999' }).next()) as { value: Result };
    expect(value.errors).toMatchObject([
      { message: 'There is no run penguins/999.', extensions: { code: 'NOT_FOUND' } },
    ]);
  });
});

describe('workflowChanges and changes', () => {
  it.each([
    ['workflowChanges(workflowId: "sleeper")', 'workflow { id activeVersion }', 'workflowChanges'],
    ['changes(filter: { workflowId: "sleeper" })', '', 'changes'],
    ['changes', '', 'changes'],
  ])('%s begins with what goes on, then shows what comes', async (field, more, key) => {
    const running = await start('sleeper');
    const newest = '{ runs(first: 1, filter: { workflowId: "sleeper" }) { nodes { id } } }';
    await expect.poll(async () => at((await test.ask(newest)).data, 'runs.nodes.0.id')).toBe(running);
    const watch = test.watch(`subscription { ${field} { kind cursor at ids runs { id status } ${more} } }`);
    const snapshot = await next(watch);
    expect(at(snapshot.data, `${key}.kind`)).toBe('SNAPSHOT');
    expect(idsIn(snapshot, key)).toContain(running);
    const fresh = await start('sleeper');
    let change = await next(watch);
    while (!listAt(change.data, `${key}.ids`).includes(fresh)) change = await next(watch);
    expect(at(change.data, key)).toMatchObject({ kind: 'COMMIT', cursor: expect.any(String) as string });
    expect(idsIn(change, key)).toContain(fresh);
    await watch.return?.();
  });
});

describe('signalChanges', () => {
  it('shows signals as they are published and judged', async () => {
    const watch = test.watch(
      'subscription { signalChanges(name: "ready") { kind signals { name sequence settled } } }',
    );
    expect(at((await next(watch)).data, 'signalChanges')).toEqual({ kind: 'SNAPSHOT', signals: [] });
    await test.ask('mutation { publishSignal(input: { name: "ready" }) { settled } }');
    expect(at((await next(watch)).data, 'signalChanges')).toMatchObject({
      kind: 'COMMIT',
      signals: [{ name: 'ready', sequence: 1 }],
    });
    await watch.return?.();
  });
});

describe('stepLogs', () => {
  const LOGS = `subscription ($id: ID!, $after: ChangeCursor) { stepLogs(stepId: $id, after: $after) { cursor attemptId lines { number stream text } } }`;

  it('shows every line, completes with the attempt, and resumes behind a chunk', async () => {
    const run = await start();
    const id = `${run.replace('run:', 'step:')}/clean`;
    await test.ended(run.replace('run:', ''));
    const lines: unknown[] = [];
    let last = '';
    for await (const { data } of test.watch(LOGS, { id })) {
      lines.push(...listAt(data, 'stepLogs.lines'));
      last = textAt(data, 'stepLogs.cursor');
    }
    expect(lines.map((line) => at(line, 'text'))).toContain('cleaned');
    expect(lines.map((line) => at(line, 'number'))).toEqual(lines.map((_, index) => index + 1));
    const rest: unknown[] = [];
    for await (const { data } of test.watch(LOGS, { id, after: last })) rest.push(...listAt(data, 'stepLogs.lines'));
    expect(rest).toEqual([]);
  });

  it('takes no cursor of the change feed, and the feed none of a log', async () => {
    const feed = (await next(test.watch(LOGS, { id: 'penguins/1/clean', after: '3:17.0' }))).errors;
    expect(feed?.[0]?.message).toBe('The cursor is not of a log.');
    const log = (await next(test.watch(RUN, { id: 'penguins/1', after: '9999:3.1' }))).errors;
    expect(log?.[0]?.message).toBe("The cursor is of a step's log, not of the change feed.");
  });
});

function idsIn(result: Result, key: string): readonly unknown[] {
  return listAt(result.data, `${key}.runs`).map((run) => at(run, 'id'));
}

async function next(watch: AsyncIterator<Result>): Promise<Result> {
  const step = await watch.next();
  if (step.done === true) throw new Error('the watch has ended');
  return step.value;
}
