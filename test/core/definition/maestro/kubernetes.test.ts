import { describe, expect, it } from 'vitest';

import { toMaestroJson } from '../../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { toMaestroYaml } from '../../../../src/core/definition/maestro/export/to-maestro-yaml.ts';
import { readTemplateText } from '../../../../src/core/definition/template/read-template-text.ts';
import { type Json } from '../../../../src/core/json.ts';
import { type Fields, computed, foreach, imported, long, problems, refusals, text, workflow } from './documents.ts';

const map = (value: Fields): Fields => ({ type: 'MAP', value });
const words = (...value: readonly string[]): Fields => ({ type: 'STRING_ARRAY', value });
const typed = (type: string, params: Fields, more: Fields = {}): Json => ({ step: { id: 'a', type, params, ...more } });
const pod = map({ image: text('busybox') });
const one = (type: string, params: Fields, more: Fields = {}): string => workflow('flow', [typed(type, params, more)]);
const first = (source: string) => imported(source).steps[0];

describe('a step of the type Kubernetes', () => {
  it.each(['Kubernetes', 'kubernetes', 'KUBERNETES'])('is read, written as %s', (type) => {
    expect(first(one(type, { kubernetes: pod }))?.work).toEqual({ kind: 'kubernetes' });
  });

  it('may print every parameter of its own that everybody may change', () => {
    const params = {
      kubernetes: pod,
      rows: long(1),
      day: computed('x'),
      fixed: { ...long(2), mode: 'CONSTANT' },
      started: { ...long(2), mode: 'mutable_on_start' },
      open: { ...map({ a: long(1) }), mode: 'MUTABLE' },
    };
    expect(first(one('Kubernetes', params))?.outputs).toEqual([
      { name: 'rows', type: 'long' },
      { name: 'day', type: 'long' },
      { name: 'open', type: 'map' },
    ]);
  });

  it('has every member that there is', () => {
    const whole = map({
      ...{ app_name: text('birds'), image: text('python:$version'), command: words('sh', '-c'), args: words('$$X') },
      ...{ cpu: text('500m'), memory: text('1Gi'), disk: text('2Gi'), gpu: long(1) },
      env: { type: 'STRING_MAP', value: { A: '$x' } },
      job_deduplication_key: text('birds-$day'),
      owner_email: text('ada@example.org'),
      pre_stop: map({ exec: map({ command: words('sync') }) }),
    });
    expect(problems(one('Kubernetes', { kubernetes: whole }))).toEqual([]);
    expect(problems(one('Kubernetes', { kubernetes: map({ image: computed('i', 'STRING'), env: map({}) }) }))).toEqual(
      [],
    );
  });

  it('leaves to its beginning what an expression gives', () => {
    expect(problems(one('Kubernetes', { kubernetes: computed('pod', 'MAP') }))).toEqual([]);
    const later = map({ image: text('$image'), pre_stop: computed('hook', 'MAP') });
    expect(problems(one('Kubernetes', { kubernetes: later }))).toEqual([]);
  });

  it('leaves to its job template what is not there, as long as nobody knows that one', () => {
    expect(problems(one('Kubernetes', {}, { sub_type: 'Job' }))).toEqual([]);
  });
});

describe('a step of the type Notebook', () => {
  const notebook = map({ input_path: text('report.ipynb') });

  it('is a pod that runs what `notebook` names', () => {
    const step = first(one('notebook', { kubernetes: pod, notebook, n: long(1) }));
    expect(step?.work).toEqual({ kind: 'kubernetes', notebook: true });
    expect(step?.outputs).toEqual([{ name: 'n', type: 'long' }]);
  });

  it.each([words('-k', 'python3'), text('--log-level DEBUG'), { type: 'STRING_MAP', value: { kernel: 'r' } }])(
    'has every member that there is, and arguments as %j',
    (papermill) => {
      const whole = map({
        ...{ input_path: text('a.ipynb'), output_path: text('s3://b/a.ipynb'), papermill_arguments: papermill },
        ...{
          init_command: text('pip install x'),
          git_repo: text('https://example.org/r.git'),
          git_branch: text('main'),
        },
        ...{ git_commit: text('abc123'), run_id: text('r1') },
      });
      expect(problems(one('Notebook', { kubernetes: pod, notebook: whole }))).toEqual([]);
    },
  );
});

describe('what is wrong with it', () => {
  const notebook = map({ input_path: text('a.ipynb') });
  const cases: readonly (readonly [string, Fields, string, string])[] = [
    ['Kubernetes', {}, 'step', 'A step of the type Kubernetes needs the parameter `kubernetes`, a MAP with `image`.'],
    [
      'Kubernetes',
      { kubernetes: { type: 'STRING_MAP', value: { image: 'busybox' } } },
      'params.kubernetes',
      'The parameter `kubernetes` must be a MAP, and it is a STRING_MAP.',
    ],
    ['Kubernetes', { kubernetes: map({}) }, 'params.kubernetes', 'The parameter `kubernetes` has no member `image`.'],
    [
      'Kubernetes',
      { kubernetes: map({ image: text('') }) },
      'params.kubernetes.value.image',
      '`kubernetes.image` is empty.',
    ],
    [
      'Kubernetes',
      { kubernetes: map({ image: text('x'), memry: text('1Gi') }) },
      'params.kubernetes.value.memry',
      '`memry` is no member of `kubernetes`.',
    ],
    [
      'Kubernetes',
      { kubernetes: map({ image: text('x'), command: text('sleep 1') }) },
      'params.kubernetes.value.command',
      '`kubernetes.command` must be a STRING_ARRAY, word by word, and it is a STRING.',
    ],
    [
      'Kubernetes',
      { kubernetes: map({ image: text('x'), env: words('A=1') }) },
      'params.kubernetes.value.env',
      '`kubernetes.env` must be a STRING_MAP, and it is a STRING_ARRAY.',
    ],
    [
      'Kubernetes',
      { kubernetes: map({ image: text('x'), pre_stop: map({ exec: map({ comand: words('sync') }) }) }) },
      'params.kubernetes.value.pre_stop.value.exec.value.comand',
      '`comand` is no member of `kubernetes.pre_stop.exec`.',
    ],
    [
      'Notebook',
      { kubernetes: pod },
      'step',
      'A step of the type Notebook needs the parameter `notebook`, a MAP with `input_path`.',
    ],
    [
      'Notebook',
      { notebook },
      'step',
      'A step of the type Notebook needs the parameter `kubernetes`, a MAP with `image`.',
    ],
    [
      'Notebook',
      { kubernetes: pod, notebook: map({ output_path: text('x') }) },
      'params.notebook',
      'The parameter `notebook` has no member `input_path`.',
    ],
    [
      'Notebook',
      { kubernetes: map({ image: text('x'), args: words('y') }), notebook },
      'params.kubernetes.value.args',
      'What a Notebook starts is made of its parameter `notebook`, so `kubernetes.args` says nothing.',
    ],
  ];

  it.each(cases)('is told of a %s with %j', (type, params, place, message) => {
    const told = refusals(one(type, params));
    expect(told.map((refusal) => refusal.message)).toEqual([message]);
    expect(told[0]?.path.slice(3).join('.')).toBe(['step', place].join('.').replace('step.step', 'step'));
  });

  it('names the member that was meant', () => {
    const [told] = refusals(one('Kubernetes', { kubernetes: map({ image: text('x'), memry: text('1Gi') }) }));
    expect(told?.hint).toBe('Did you mean "memory"?');
  });

  it('is told once where the parameter cannot be read at all', () => {
    expect(problems(one('Kubernetes', { kubernetes: { type: 'MAP' } }))).toEqual(['value-xor-expression']);
  });

  it('says of Titus why there is none, and what to write instead', () => {
    const [told, ...others] = refusals(one('Titus', {}));
    expect(others).toEqual([]);
    expect(told?.message).toContain("Titus is a platform of Netflix's own");
    expect(told?.hint).toContain('Make it a step of the type Kubernetes');
    const template = JSON.stringify({ metadata: {}, definition: { job_type: 'A', step_type: 'Titus' } });
    expect(readTemplateText(template).refusals.map(({ message }) => message)).toEqual([told?.message]);
  });
});

describe('the languages', () => {
  const source = workflow('flow', [
    foreach('each', { i: { type: 'LONG_ARRAY', value: [1, 2] } }, [
      typed('Notebook', { kubernetes: pod, notebook: map({ input_path: text('$x') }), n: long(1) }),
    ]),
  ]);

  it('both say the same', () => {
    const definition = imported(source);
    const json = toMaestroJson(definition);
    const yaml = toMaestroYaml(definition);
    if (!json.ok || !yaml.ok) throw new Error('it cannot be written');
    expect(imported(JSON.stringify(json.value))).toEqual(definition);
    expect(imported(yaml.value.yaml).steps).toEqual(definition.steps);
  });

  it('has a shorter way to write it in YAML', () => {
    const yaml = `
Workflow:
  id: flow
  jobs:
    - id: a
      type: Kubernetes
      rows<long>: 0
      kubernetes<pmap>:
        image: busybox
        command: [sh, -c, 'echo "$$MAESTRO_OUTPUT_START"']
        memory: 64Mi
        gpu: 1
        env<map>: { A: "1" }
`;
    expect(first(yaml)).toMatchObject({ work: { kind: 'kubernetes' }, outputs: [{ name: 'rows', type: 'long' }] });
    expect(first(yaml)?.params?.find(({ name }) => name === 'kubernetes')?.members?.[1]).toEqual({
      name: 'command',
      type: 'string_array',
      value: ['sh', '-c', 'echo "$MAESTRO_OUTPUT_START"'],
    });
  });
});
