// Which scripts become steps, and what they are seen to hand to one another.

import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '../../../src/cli/init/draft.ts';
import { languageOf } from '../../../src/cli/init/script.ts';

/** A draft of files with these texts. */
function draft(texts: Readonly<Record<string, string>>): Draft {
  const scripts = Object.entries(texts).flatMap(([path, text]) => {
    const language = languageOf(path);
    return language === undefined || path.endsWith('__init__.py') ? [] : [{ path, language, text }];
  });
  return draftOf({ scripts, files: Object.keys(texts).sort() });
}

function ids({ steps }: Draft): readonly string[] {
  return steps.map(({ id }) => id);
}

describe('what scripts hand to one another', () => {
  it.each([
    ['a Python file opened to be written', 'open("x.csv", "w")'],
    ['pandas', 'df.to_csv("x.csv", index=False)'],
    ['a constant that is written to elsewhere', 'OUT = "x.csv"\ndf.to_csv(OUT)'],
    ['a file that is not there yet', 'fetch_into("x.csv")'],
  ])('is seen in %s', (_what, text) => {
    const { steps } = draft({ '1_a.py': text, '2_b.py': 'pd.read_csv("x.csv")' });
    expect(steps[0]?.makes).toEqual(['x.csv']);
    expect(steps[1]?.takes).toEqual([{ path: 'x.csv', from: 'a' }]);
  });

  it.each([
    ['curl -o', 'curl -sf https://example.org/y.csv -o x.csv'],
    ['curl -O', 'curl -sfO https://example.org/data/x.csv?raw=1'],
    ['wget', 'wget https://example.org/x.csv'],
    ['a redirection', 'sort y.csv >x.csv'],
  ])('is seen in a shell script with %s', (_what, text) => {
    const { steps } = draft({ '1_a.sh': text, '2_b.sh': 'wc -l < x.csv' });
    expect(steps[0]?.makes).toEqual(['x.csv']);
    expect(steps[1]?.takes).toEqual([{ path: 'x.csv', from: 'a' }]);
  });

  it('is not what a line reads that writes another file', () => {
    const python = draft({ 'a.py': 'pd.read_csv("in.csv").to_csv("out.csv")', 'in.csv': '' });
    const shell = draft({ 'a.sh': 'sort in.csv | tee -a "out.csv" && cp out.csv copy.csv', 'in.csv': '' });
    expect(python.steps[0]?.makes).toEqual(['out.csv']);
    expect(shell.steps[0]?.makes).toEqual(['copy.csv', 'out.csv']);
    expect([python.files, shell.files]).toEqual([['in.csv'], ['a.sh', 'in.csv']]);
  });

  it('makes a step need each step whose files it takes, and the one before it', () => {
    const { steps } = draft({
      '1_a.js': "fs.writeFileSync('out/x.json', text)",
      '2_b.js': "fs.writeFileSync('y.json', '1')",
      '3_c.js': "read('out/x.json')",
    });
    expect(steps.map(({ needs }) => needs)).toEqual([[], ['a'], ['b', 'a']]);
    expect(steps.map(({ folders }) => folders)).toEqual([['out'], [], ['out']]);
  });

  it('is not what stands in comments, in addresses, outside the folder, or is only the end of a path', () => {
    const text = [
      '# open("a.csv", "w")',
      'get("https://example.org/b.csv")',
      'open("/tmp/c.csv", "w")',
      'open("../d.csv", "w")',
      'open(DATA / "e.csv", "w")',
      'open(os.path.join(DATA, "f.csv"), "w")',
      'open(f"{day}.csv", "w")',
    ].join('\n');
    const { steps, files } = draft({ '1_a.py': text, '2_b.py': text });
    expect(steps.map(({ makes, takes }) => [...makes, ...takes])).toEqual([[], []]);
    expect(files).toEqual([]);
  });

  it('is the same whether the scripts were run by hand before or not', () => {
    const scripts = {
      '1_a.py': 'open("x.csv", "w")',
      '2_b.sh': 'sort x.csv > out/y.csv',
      '3_c.js': "read('out/y.csv')",
    };
    expect(draft({ ...scripts, 'x.csv': '', 'out/y.csv': '' })).toEqual(draft(scripts));
  });

  it('leaves files that are only read to go up with the definition', () => {
    const { steps, files } = draft({
      'a.py': 'read("config.json")',
      'b.py': 'read("config.json")',
      'config.json': '{}',
    });
    expect(steps.flatMap(({ makes }) => makes)).toEqual([]);
    expect(files).toEqual(['config.json']);
  });
});

describe('a script that another one uses', () => {
  it('goes up with it and is no step of its own', () => {
    const one = draft({
      'main.py': 'from lib.scrub import wash\nimport tools, os\n',
      'tools.py': 'def t(): ...',
      'lib/__init__.py': '',
      'lib/scrub.py': 'def wash(): ...',
      'a.mjs': "import { x } from './x.mjs';",
      'x.mjs': 'export const x = 1;',
      'b.sh': 'sh helper.sh',
      'helper.sh': 'true',
    });
    expect(ids(one)).toEqual(['a', 'b', 'main']);
    expect(one.files).toEqual(['b.sh', 'helper.sh', 'lib/__init__.py', 'lib/scrub.py', 'tools.py', 'x.mjs']);
    expect(one.aside).toEqual(['tools.py', 'lib/scrub.py', 'x.mjs', 'helper.sh']);
  });

  it('is a step too if it is a program by itself', () => {
    const one = draft({ 'a.py': 'import b', 'b.py': 'def f(): ...\nif __name__ == "__main__":\n    f()\n' });
    expect(ids(one)).toEqual(['a', 'b']);
    expect(one.files).toEqual([]);
  });

  it('is a step if there would be none without', () => {
    expect(ids(draft({ 'a.py': 'import b', 'b.py': 'import a' }))).toEqual(['a', 'b']);
  });
});
