// What an evaluation is given: time, chance, and the functions of `params` (maestro-behaviour §3.8).

import { describe, expect, it } from 'vitest';
import { type ParamsPort } from '../../../src/core/expression/evaluate.ts';
import { type Value } from '../../../src/core/expression/value.ts';
import { randomOf } from '../../../src/core/random.ts';
import { failed, success } from '../../../src/core/result.ts';
import { faultOf, runWith } from './scope.ts';

const NOW = Date.UTC(2024, 1, 29, 12, 34, 56, 789);

function valueWith(source: string): Value {
  const result = runWith({ now: NOW, random: randomOf(7), params: PARAMS }, source, () => undefined);
  if (!result.ok) throw new Error(`${source}: ${result.failure.message}`);
  return result.value;
}

const shown = (...given: readonly (string | number | undefined)[]) =>
  success(given.filter((part) => part !== undefined).join(' '));

let lastId = 0n;
const PARAMS: ParamsPort = {
  get: (name) => (name === 'x' ? 1n : name === 'list' ? ['a', 'b'] : undefined),
  getFromStep: (first, param) => (first === 'gone' ? failed('There is no step gone.') : shown('step', first, param)),
  getFromInstance: (field) => shown('instance', field),
  getFromSignal: (first, param) => shown('signal', first, param),
  getFromSignalOrDefault: (_signal, _param, otherwise) => success(otherwise),
  getFromSignalDependency: (index, param) => shown('dependency', index, param),
  getFromForeach: () => success([1n, 2n]),
  getFromSubworkflow: (...given) => shown('subworkflow', ...given),
  getExecutionEnvironment: () => success('test'),
  nextUniqueId: () => success((lastId += 1n)),
};

describe('time and chance', () => {
  it('is that of the context, and nothing else', () => {
    expect(valueWith('System.currentTimeMillis()')).toBe(BigInt(NOW));
    expect(valueWith('new DateTime().toString()')).toBe('2024-02-29T12:34:56.789Z');
    expect(valueWith('new DateTime(DateTimeZone.forID("Asia/Tokyo")).getHourOfDay()')).toBe(21n);
    expect(valueWith('Math.random()')).toBe(valueWith('Math.random()'));
    expect(valueWith('Math.random() == Math.random()')).toBe(false);
    expect(valueWith('Math.random() >= 0 && Math.random() < 1')).toBe(true);
    expect(valueWith('UUID.randomUUID().toString()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it.each([
    'System.currentTimeMillis()',
    'new DateTime()',
    'Math.random()',
    'UUID.randomUUID()',
    'DateTimeFormat.forPattern("yy").parseMillis("24")',
    'Util.timeoutForDateIntDeadline(20240301)',
  ])('%s is a fault without them', (source) => {
    expect(faultOf(source)).toMatchObject({
      code: 'EXPRESSION_FAILED',
      message: expect.stringContaining('without') as string,
    });
  });

  it('tells how long it is until a deadline, as a duration of at least a second', () => {
    expect(valueWith('Util.timeoutForDateTimeDeadline("2024-02-29T13:34:56.789Z")')).toBe('3600s');
    expect(valueWith('Util.timeoutForDateTimeDeadline("2024-02-29T14:34:56.789", "Europe/Madrid")')).toBe('3600s');
    expect(valueWith('Util.timeoutForDateTimeDeadline(new DateTime().plusMillis(1))')).toBe('1s');
    expect(valueWith('Util.timeoutForDateTimeDeadline("2024-01-01")')).toBe('1s');
    expect(valueWith('Util.timeoutForDateIntDeadline(20240301)')).toBe('41104s');
    expect(valueWith('Util.timeoutForDateIntDeadline(20240301, "Europe/Madrid")')).toBe('37504s');
  });
});

describe('params', () => {
  it.each<readonly [source: string, value: Value]>([
    ["params['x']", 1n],
    ["params.get('x')", 1n],
    ["params['x' + '']", 1n],
    ["params['missing']", null],
    ["params.get('missing')", null],
    ["params['missing'] == null", true],
    ["params['list'][1]", 'b'],
    ["params['list'].length", 2n],
    ["a = params['list']; a[0] = 'z'; a[0] + params['list'][0]", 'za'],
    ["params.getFromStep('step_id')", 'step step_id'],
    ["params.getFromStep('job.1', 'x')", 'step job.1 x'],
    ["params.getFromInstance('owner')", 'instance owner'],
    ["params.getFromSignal('p')", 'signal p'],
    ["params.getFromSignal('s', 'p')", 'signal s p'],
    ["params.getFromSignalOrDefault('s', 'p', 5)", 5n],
    ["params.getFromSignalDependency('0', 'p')", 'dependency 0 p'],
    ["params.getFromSignalDependency(1, 'p')", 'dependency 1 p'],
    ["params.getFromForeach('each', 'inner', 'p')[1]", 2n],
    ["params.getFromSubworkflow('sub', 'inner', 'p')", 'subworkflow sub inner p'],
    ['params.getExecutionEnvironment()', 'test'],
    ['params.nextUniqueId() == params.nextUniqueId()', false],
  ])('%s', (source, value) => {
    expect(valueWith(source)).toStrictEqual(value);
  });

  it.each<readonly [source: string, code: string, message: RegExp]>([
    ["params.getFromStep('gone', 'x')", 'EXPRESSION_FAILED', /There is no step gone/],
    ['params.getFromStep()', 'EXPRESSION_TYPE', /1 to 2 arguments/],
    ['params.getFromStep(1)', 'EXPRESSION_TYPE', /string/],
    ["params.getFromSignalDependency('a', 'p')", 'EXPRESSION_TYPE', /index/],
    ["params.getFromSignalDependency(-1, 'p')", 'EXPRESSION_TYPE', /index/],
    ["params.getOrDefault('x', 1)", 'EXPRESSION_NAME', /getOrDefault/],
    ['params.size()', 'EXPRESSION_NAME', /size/],
    ['params[0]', 'EXPRESSION_TYPE', /string/],
    ['params.x', 'EXPRESSION_NAME', /params/],
    ["params.put('x', 1)", 'EXPRESSION_NAME', /put/],
  ])('%s is a fault', (source, code, message) => {
    const result = runWith({ params: PARAMS }, source, () => undefined);
    expect(result).toMatchObject({ ok: false, failure: { code } });
    if (!result.ok) expect(result.failure.message).toMatch(message);
  });

  it.each(["params.get('x')", "params['x']", "params.getFromStep('a')", 'params.nextUniqueId()'])(
    '%s is a fault that says so where there is nothing to ask',
    (source) => {
      const result = runWith({}, source, () => undefined);
      expect(result).toMatchObject({
        failure: { code: 'EXPRESSION_FAILED', message: expect.stringContaining('nothing to ask') as string },
      });
    },
  );
});

describe('objects of the language are no results', () => {
  it.each(['new DateTime(0)', 'DateTimeZone.UTC', 'new DateTime(0).year()', 'Arrays.asList(new DateTime(0))'])(
    '%s',
    (source) => {
      expect(faultOf(source)).toMatchObject({
        code: 'EXPRESSION_TYPE',
        message: expect.stringContaining('end with') as string,
      });
    },
  );
});
