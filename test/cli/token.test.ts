// `token create`, `token list` and `token remove`, which need no server.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';
import { downbeat } from './terminal.ts';

const stage = createStage();
const token = (...words: readonly string[]): Promise<number> => downbeat(stage.terminal, ['token', ...words]);

describe('token create', () => {
  it('prints the token alone on stdout, so that a script can take it, and says beside it what it is for', async () => {
    expect(await token('create', '--name', 'ada')).toBe(0);
    expect(stage.terminal.stdout()).toMatch(/^dbt_[\w-]{43}\n$/u);
    expect(stage.terminal.stderr()).toContain('This is the token of ada. It is shown only now');
    const kept = readFileSync(join(stage.terminal.folder, '.downbeat', 'tokens.json'), 'utf8');
    expect(kept).not.toContain(stage.terminal.stdout().trim());
  });

  it('prints JSON and nothing else when asked', async () => {
    expect(await token('create', '--name', 'ada', '--json')).toBe(0);
    expect(JSON.parse(stage.terminal.stdout())).toEqual({
      name: 'ada',
      token: expect.stringMatching(/^dbt_/u) as string,
      file: join(stage.terminal.folder, '.downbeat', 'tokens.json'),
    });
    expect(stage.terminal.stderr()).toBe('');
  });

  it('takes the file that is named, and the name of the user', async () => {
    expect(await token('create', '--tokens-file', 'mine.json')).toBe(0);
    expect(readFileSync(join(stage.terminal.folder, 'mine.json'), 'utf8')).toContain('"name"');
  });

  it('refuses a name that is taken, and says how to go on', async () => {
    await token('create', '--name', 'ada');
    expect(await token('create', '--name', 'ada')).toBe(1);
    expect(stage.terminal.stderr()).toMatch(
      /error: There is already a token named ada in .*tokens\.json\.\nhelp: Give this one another name/u,
    );
  });

  it('refuses what cannot be a name as wrong use', async () => {
    expect(await token('create', '--name', 'a b')).toBe(2);
    expect(stage.terminal.stderr()).toContain('error: "a b" cannot be the name of a token.\nhelp: Use 1 to 64 letters');
  });
});

describe('token list and remove', () => {
  it('show whose there are, and take one back', async () => {
    await token('create', '--name', 'ada');
    expect(await token('list')).toBe(0);
    expect(stage.terminal.stdout()).toMatch(/NAME {2}CREATED\nada {3}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n$/u);
    expect(await token('remove', 'ada')).toBe(0);
    expect(stage.terminal.stdout()).toContain('The token of ada opens nothing any more.\n');
    expect(await token('list')).toBe(0);
    expect(stage.terminal.stderr()).toMatch(/There are no tokens in .*\. Make one with: downbeat token create\n$/u);
  });

  it('say what there is when the name is unknown', async () => {
    expect(await token('remove', 'bob')).toBe(1);
    expect(stage.terminal.stderr()).toContain('help: See which there are with: downbeat token list');
  });
});

it('a verb of token that does not exist is wrong use, with the nearest one', async () => {
  expect(await token('crate')).toBe(2);
  expect(stage.terminal.stderr()).toContain(
    "unknown command 'crate'\n(Did you mean create?)\nSee how it is used with: downbeat token --help",
  );
});
