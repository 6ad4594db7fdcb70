// What a Notebook starts in its container (maestro-behaviour §2.9): a line of shell that prepares, fetches a repository if one is named,
// and has papermill run the notebook with the step's own parameters. Every value in it is quoted; the image brings sh, papermill with a
// kernel, and git where there is a repository.

import { NOTEBOOK_MEMBERS, NOTEBOOK_PARAM } from '../definition/maestro/pod-members.ts';
import { bytesOf } from '../bytes.ts';
import { type Json, type JsonObject } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { type ResolvedParam } from '../params/merge.ts';
import { type Result, failed, success } from '../result.ts';
import { importedMap, textAt, textsAt, wordsAt } from './imported-members.ts';
import { shellWord } from './shell-word.ts';
import { yamlMap } from './yaml-value.ts';

/** Linux hands no program a longer word. */
const LONGEST_LINE = 128_000;

/** Writes the line; `given` are the parameters of the notebook. The failure says what is wrong with `notebook`. */
export function notebookLine(
  params: readonly ResolvedParam[],
  given: readonly ResolvedParam[],
  attempt: string,
): Result<string, string> {
  const notebook = importedMap(params, NOTEBOOK_PARAM, NOTEBOOK_MEMBERS);
  if (!notebook.ok) return notebook;
  const map = notebook.value;
  const input = textAt(map, 'input_path');
  if (input === undefined) return failed('`notebook.input_path` is no text');
  const repository = repositoryLines(map);
  if (!repository.ok) return repository;
  const more = moreArguments(map);
  if (!more.ok) return more;
  const output = textAt(map, 'output_path') ?? `/tmp/${fileName(textAt(map, 'run_id') ?? attempt)}.ipynb`;
  const init = textAt(map, 'init_command');
  const yaml = given.length === 0 ? [] : ['-y', yamlMap(given)];
  // What its cells print belongs into the log of the step, and so do the outputs between the marks.
  const words = ['--log-output', ...more.value, ...yaml, '--', input, output];
  const line = [
    'set -e',
    ...(init === undefined ? [] : [`eval ${shellWord(init)}`]),
    ...repository.value,
    `exec papermill ${words.map(shellWord).join(' ')}`,
  ].join('\n');
  if (bytesOf(line) > LONGEST_LINE) {
    return failed(
      `what starts the notebook would take more than ${String(LONGEST_LINE)} bytes with its parameters, and no program can be handed more: keep what is large in a file`,
    );
  }
  // Of a pod's command Kubernetes replaces $(NAME), and makes one of two dollar signs.
  return success(line.replaceAll('$', () => '$$'));
}

function fileName(identity: string): string {
  return identity.replace(/^attempt:/u, '').replace(/[^\w.-]+/gu, '-');
}

function repositoryLines(map: JsonObject): Result<readonly string[], string> {
  const repository = textAt(map, 'git_repo');
  const branch = textAt(map, 'git_branch');
  const commit = textAt(map, 'git_commit');
  if (repository === undefined) {
    const idle = branch === undefined ? 'git_commit' : 'git_branch';
    return branch === undefined && commit === undefined
      ? success([])
      : failed(`\`notebook.${idle}\` says nothing without \`notebook.git_repo\``);
  }
  if (commit?.startsWith('-') === true) return failed('`notebook.git_commit` cannot begin with a dash');
  const options = [
    ...(branch === undefined ? [] : [`--branch=${branch}`]),
    ...(commit === undefined ? ['--depth=1'] : []),
  ];
  const words = ['clone', '--quiet', ...options, '--', repository, '.'];
  return success([
    'cd "$(mktemp -d)"',
    `git ${words.map(shellWord).join(' ')}`,
    ...(commit === undefined ? [] : [`git checkout --quiet --detach ${shellWord(commit)}`]),
  ]);
}

/** Words as they are, words of a text that has no quotes in it, or options by their names. */
function moreArguments(map: JsonObject): Result<readonly string[], string> {
  const json: Json = map['papermill_arguments'] ?? null;
  if (isJsonArray(json)) return success(wordsAt(map, 'papermill_arguments') ?? []);
  if (isJsonObject(json)) {
    return success(textsAt(map, 'papermill_arguments').flatMap(({ name, value }) => option(name, value)));
  }
  const text = textAt(map, 'papermill_arguments') ?? '';
  return /["'\\]/u.test(text)
    ? failed('`notebook.papermill_arguments` has quotes in it: write it as a STRING_ARRAY, word by word')
    : success(text.split(/\s+/u).filter((word) => word !== ''));
}

/** `kernel` and `--kernel` are one option; `-k` is the short one. What is empty or true has no value. */
function option(name: string, value: string): readonly string[] {
  if (value === 'false') return [];
  const isShort = /^-[^-]/u.test(name);
  const word = isShort || name.startsWith('--') ? name : `--${name}`;
  if (value === '' || value === 'true') return [word];
  return isShort ? [word, value] : [`${word}=${value}`];
}
