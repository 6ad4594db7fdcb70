// Notebook steps with the real papermill and kernel: parameters, what they say and keep, and every way in which they end.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { type ValueType } from '../../src/core/expression/value.ts';
import { type Json } from '../../src/core/json.ts';
import { type AttemptSpec } from '../../src/ports/executor.ts';
import { notebookText, prepareNotebooks, type TestCell } from '../support/notebooks.ts';
import { isAlive } from './alive.ts';
import { createLocalAttempts, type Finished, type Followed, type LocalAttempts } from './local-attempts.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const SECRET = 'tok-4711-of-the-weather-station';
let local: LocalAttempts;

beforeAll(async () => {
  await prepareNotebooks();
  local = await createLocalAttempts({ secrets: createMemorySecrets({ token: SECRET }) });
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

type Params = Readonly<Record<string, readonly [ValueType, Json]>>;

interface Given extends Partial<AttemptSpec> {
  readonly typed?: Params;
  readonly requirements?: readonly string[];
  readonly path?: string;
}

async function specOf(cells: readonly TestCell[] | string, given: Given): Promise<Partial<AttemptSpec>> {
  const { typed = {}, requirements, path = 'report.ipynb', files = [], ...more } = given;
  const text = typeof cells === 'string' ? cells : notebookText(cells);
  const file = await local.file(path, text);
  const entries = Object.entries(typed);
  return {
    work: {
      kind: 'notebook',
      program: { file: path },
      types: entries.map(([name, [type]]) => ({ name, value: type })),
      ...(requirements === undefined ? {} : { requirements }),
    },
    params: Object.fromEntries(entries.map(([name, [, value]]) => [name, value])),
    files: [file, ...files],
    ...more,
  };
}

const run = async (cells: readonly TestCell[] | string, given: Given = {}): Promise<Finished> =>
  local.run('', await specOf(cells, given));
const start = async (cells: readonly TestCell[], given: Given = {}): Promise<Followed> =>
  local.start('', await specOf(cells, given));
const told = ({ lines }: Pick<Finished, 'lines'>): readonly string[] =>
  lines.flatMap(({ stream, text }) => (stream === 'system' ? [text] : []));
const errors = ({ lines }: Pick<Finished, 'lines'>): string =>
  lines.flatMap(({ stream, text }) => (stream === 'err' ? [text] : [])).join('\n');

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly outputs?: readonly { readonly text?: readonly string[] }[];
    readonly execution_count?: number | null;
    readonly metadata: { readonly tags?: readonly string[] };
  }[];
}

async function kept({ result }: Finished, path = 'report.ipynb'): Promise<string> {
  const artifact = result.outcome === 'succeeded' ? result.artifacts.find((one) => one.path === path) : undefined;
  const content = artifact === undefined ? undefined : await local.blobs.get(artifact.hash);
  return Buffer.from(content ?? []).toString('utf8');
}

const PARAMETERS: TestCell = { source: "island = 'torgersen'\nrows = 1", tags: ['parameters'] };

describe('a notebook', () => {
  test('runs from top to bottom with the parameters in their types, and is kept as it was executed', async () => {
    const finished = await run(
      [
        PARAMETERS,
        'print(island, rows + 1, type(share).__name__, big, days, flags, label["a"])',
        "import os\n_ = open(os.environ['DOWNBEAT_OUTPUTS'], 'a').write(f'rows={rows}\\n')",
        'rows * 2',
      ],
      {
        typed: {
          island: ['string', 'Biscoe "north" \\ $(id)'],
          rows: ['long', 41],
          share: ['double', 3],
          big: ['long', '9007199254740993'],
          days: ['double_array', [1, 'NaN']],
          flags: ['boolean_array', [true]],
          label: ['map', { a: 'é' }],
          'data-dir': ['string', 'x'],
        },
        outputs: [{ name: 'rows', type: 'long' }],
      },
    );
    expect(finished.result).toMatchObject({ outcome: 'succeeded', outputs: [{ name: 'rows', value: 41 }] });
    expect(finished.out).toEqual(['Biscoe "north" \\ $(id) 42 float 9007199254740993 [1.0, nan] [True] é', '82']);
    expect(told(finished)).toEqual([
      expect.stringContaining('The parameter "data-dir" is not passed'),
      "cell 1 of 4: island = 'torgersen'",
      expect.stringMatching(/^parameters: island = "Biscoe .*, rows = 41, share = 3\.0,/u),
      'cell 2 of 4: print(island, rows + 1, type(share).__name__, big, days, flags, label["a"])',
      'cell 3 of 4: import os',
      'cell 4 of 4: rows * 2',
    ]);
    expect(errors(finished)).toBe('');
    const { cells } = JSON.parse(await kept(finished)) as Notebook;
    expect(cells.map(({ metadata }) => metadata.tags)).toEqual([
      [],
      ['parameters'],
      ['injected-parameters'],
      [],
      [],
      [],
    ]);
    expect(cells.map((cell) => cell.execution_count)).toEqual([undefined, 1, 2, 2, 3, 4]);
    expect(cells[3]?.outputs?.[0]?.text?.join('')).toContain('42 float');
  });

  test('has the parameters at its top where no cell is tagged for them, and is left alone where there are none', async () => {
    const made = await run(['print(island)'], { typed: { island: ['string', 'dream'] } });
    const filled = JSON.parse(await kept(made)) as Notebook;
    expect(filled.cells[0]?.source).toEqual(['# Parameters\n', 'island = "dream"\n']);
    const plain = JSON.parse(await kept(await run(['print(1)']))) as Notebook;
    expect(plain.cells).toHaveLength(2);
  });

  test('works in the folder of the step, and imports what lies beside it and beside the definition', async () => {
    const files = [
      await local.file('deep/beside.py', 'A = "beside"'),
      await local.file('above.py', 'B = "above"'),
      // Neither may take the place of what runs the notebook.
      await local.file('queue.py', 'raise SystemExit(9)'),
      await local.file('papermill.py', 'raise SystemExit(9)'),
    ];
    const { out, result } = await run(
      ['import os, beside, above; print(beside.A, above.B, os.path.basename(os.getcwd()), os.listdir("deep"))'],
      { path: 'deep/report.ipynb', files },
    );
    expect(result).toMatchObject({ outcome: 'succeeded', artifacts: [{ path: 'deep/report.ipynb' }] });
    expect(out[0]).toContain('beside above work');
  });

  test('prints what its programs print, once, and leaves nothing in the home of the user', async () => {
    const finished = await run(
      [
        'import os\nos.system("echo from a program; echo and its errors >&2")\nprint(os.environ["HOME"])',
        '%timeit -n1 -r1 pass',
        'print(sorted(os.listdir(os.environ["HOME"])))',
      ],
      { env: [{ name: 'HOME', value: '.' }] },
    );
    expect(finished.out.filter((line) => line.includes('from a program'))).toEqual(['from a program']);
    expect(errors(finished)).toBe('and its errors');
    expect(finished.out.at(-1)).toBe("['.downbeat-step.py', 'report.ipynb']");
  });

  test('ends early and well with sys.exit, exit and quit, and as a program does with other codes', async () => {
    const early = ['import sys; sys.exit()', 'exit()', 'quit(0)'].map((leave) => run([leave, 'print("never")']));
    for (const { result, out } of await Promise.all(early)) expect([result.outcome, out]).toEqual(['succeeded', []]);
    const failing = await run(['import sys\nprint("no data for today", file=sys.stderr)\nsys.exit(3)']);
    expect(failing.failure).toMatchObject({
      code: 'EXIT_CODE',
      message: 'Step "train" ended with exit code 3: no data for today',
    });
    expect((await run(['import sys; sys.exit("no data")'])).failure?.message).toContain('exit code 1: no data');
    expect((await run(['import sys; sys.exit(75)'])).failure).toMatchObject({ kind: 'PLATFORM', code: 'EXIT_75' });
  });
});

describe('a notebook that fails', () => {
  test('names the cell as its author counts it, and shows the cell and the traceback', async () => {
    const cells = [
      PARAMETERS,
      '# only words',
      '',
      'row = {}\nprint("as far as here", end="")\nrow["body_mass"]',
      'print(1)',
    ];
    const finished = await run(cells, { typed: { island: ['string', 'dream'] } });
    expect(finished.failure).toMatchObject({
      kind: 'USER',
      code: 'NOTEBOOK_CELL_FAILED',
      message: `Step "train" failed in cell 3 of report.ipynb: KeyError: 'body_mass'`,
      retryable: true,
    });
    expect(finished.failure?.hint).toContain('downbeat logs penguins/12.1 train');
    expect(finished.out).toEqual(['as far as here']);
    const said = errors(finished);
    expect(said).toContain('    row["body_mass"]\n');
    expect(said).toContain('Cell In[3], line 3');
    expect(said).not.toContain('\u001b');
    expect(finished.result).not.toHaveProperty('artifacts');
  });

  test('is told from one whose Python died, by a crash, by the machine or by its own will', async () => {
    const died = async (code: string): Promise<Finished['failure']> => (await run([`import os\n${code}`])).failure;
    expect(await died('os._exit(4)')).toMatchObject({
      kind: 'USER',
      code: 'NOTEBOOK_DIED',
      message: 'The Python of step "train" ended in the middle of its work: exit code 4 in cell 1 of report.ipynb',
    });
    expect(await died('os.kill(os.getpid(), 11)')).toMatchObject({
      kind: 'USER',
      code: 'CRASHED',
      message: 'Step "train" was ended by SIGSEGV: in cell 1 of report.ipynb',
    });
    expect(await died('os.kill(os.getpid(), 9)')).toMatchObject({ kind: 'PLATFORM', code: 'KILLED' });
    expect(await died('os._exit(75)')).toMatchObject({ kind: 'PLATFORM', code: 'EXIT_75' });
  });

  test('is refused in a sentence where it is none, or is in another language', async () => {
    const unfit = { kind: 'USER', code: 'NOTEBOOK_UNFIT', retryable: false };
    expect((await run('{"cells": ')).failure).toMatchObject(unfit);
    const inR = notebookText(['x <- 1'], { kernelspec: { name: 'ir', display_name: 'R', language: 'R' } });
    expect((await run(inR)).failure).toMatchObject({
      ...unfit,
      message: 'Step "train" cannot run its notebook: report.ipynb is written in R, and notebook steps run Python.',
    });
  });

  test('cannot ask anybody', async () => {
    expect((await run(['input("why?")'])).failure?.message).toContain('StdinNotImplementedError');
  });
});

test('no secret comes out, neither in the log nor in the notebook that is kept', async () => {
  const finished = await run(
    [
      'import os, base64\ntoken = os.environ["TOKEN"]\nprint("it is", token)\nprint({"a": \'"\' + token})',
      'from IPython.display import JSON, HTML\nHTML(f"<b>{token}</b>")',
      'JSON({token: [token, {"in": token}], "n": 4711})',
      'base64.b64encode(b"x" + token.encode())',
      'print(token[:16]); print(token[16:])',
    ],
    { env: [{ name: 'TOKEN', value: [{ secret: 'token' }] }] },
  );
  expect(finished.result.outcome).toBe('succeeded');
  expect(finished.out.slice(0, 2)).toEqual(['it is •••', `{'a': '"•••'}`]);
  const text = await kept(finished);
  const parsed = JSON.parse(text) as Notebook;
  expect(parsed.cells).toHaveLength(6);
  expect(parsed.cells[1]?.outputs?.[0]?.text).toEqual(['it is •••\n', `{'a': '"•••'}\n`]);
  for (const piece of [SECRET, SECRET.slice(0, 16), SECRET.slice(16), btoa(`x${SECRET}`).slice(4, 30)]) {
    expect(text).not.toContain(piece);
    expect(finished.lines.map((line) => line.text).join('\n')).not.toContain(piece);
  }
});

describe('stopping a notebook', () => {
  const WORKERS = `
import multiprocessing, os, subprocess, time
child = subprocess.Popen(['sleep', '1000'])
print('pids', os.getpid(), os.getppid(), child.pid, flush=True)
time.sleep(1000)`;
  const pidsIn = (line: string): readonly number[] => (line.match(/\d+/gu) ?? []).map(Number);

  test('ends its kernel and what that started', async () => {
    const { attempt, said } = await start([WORKERS]);
    const pids = pidsIn(await said(/^pids/u));
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    attempt.cancel(60_000);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    expect(pids.map(isAlive)).toEqual([false, false, false]);
  });

  test('lets a cell tidy up within its grace', async () => {
    const tidy = `
import signal, sys, time
def tidy(*_):
    print('tidied', flush=True)
    time.sleep(0.3)
    sys.exit(0)
signal.signal(signal.SIGTERM, tidy)
print('ready')
time.sleep(1000)`;
    const { attempt, said, lines } = await start([tidy]);
    await said(/^ready/u);
    attempt.cancel(60_000);
    expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    expect(lines.map(({ text }) => text)).toContain('tidied');
  });
});

test('what a step requires is beside what runs it, and its own versions of that win', async () => {
  const { failure, out } = await run(['import iniconfig, papermill; print("here", papermill.__version__)'], {
    requirements: ['iniconfig>=2,<3', 'papermill==2.6.0'],
  });
  expect(failure).toBeUndefined();
  expect(out).toEqual(['here 2.6.0']);
});

test('requirements that cannot be installed say so, and what Downbeat added', async () => {
  const { failure } = await run(['1'], { requirements: ['nosuchpenguin==1'] });
  expect(failure).toMatchObject({ kind: 'USER', code: 'REQUIREMENTS_FAILED' });
  expect(failure?.message).toContain('ipykernel>=6.29,<8, nosuchpenguin==1, papermill>=2.6,<3');
  expect(failure?.hint).toContain('to have others than these, name them under `requirements`');
});
