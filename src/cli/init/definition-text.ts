// The text of a first definition, written to be read and changed by the person whose scripts they are.

import { type Draft, type DraftStep, namesItsFile } from './draft.ts';
import { type Script } from './script.ts';

/** What the text says beside its steps. */
export interface DefinitionHead {
  readonly id: string;
  /** Where editors find the schema. */
  readonly schemaUrl: string;
}

/** Writes the definition. */
export function definitionText(draft: Draft, { id, schemaUrl }: DefinitionHead): string {
  const lines = [
    `# yaml-language-server: $schema=${schemaUrl}`,
    '# Made by `downbeat init` from the scripts of this folder: a beginning, to be changed as you like.',
    `id: ${yamlText(id)}`,
    '',
    '# What a run may be told when it starts. A step sees it as PARAM_DAY:',
    '# params:',
    '#   day: "2026-01-31"',
    '',
    '# What starts it by itself. Until then: downbeat run ' + id,
    '# triggers:',
    '#   - cron: "0 6 * * mon-fri"     # minute hour day month weekday',
    '#     timezone: Europe/Madrid',
    '',
    ...filesLines(draft.files),
    'steps:',
    ...draft.steps.flatMap((step, index) => [...(index === 0 ? [] : ['']), ...stepLines(step)]),
  ];
  return `${lines.join('\n')}\n`;
}

function filesLines(files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  return [
    '# These go up with the definition and lie in the folder of every step.',
    'files:',
    ...listLines(files, '  '),
    '',
  ];
}

function stepLines(step: DraftStep): readonly string[] {
  const { id, needs, makes } = step;
  return [
    `  - id: ${yamlText(id)}`,
    ...(needs.length === 0 ? [] : [`    needs: ${needsText(needs.map(yamlText))}`]),
    ...workLines(step),
    ...(makes.length === 0 ? [] : ['    artifacts:', ...listLines(makes, '      ')]),
  ];
}

function needsText(needs: readonly string[]): string {
  return needs.length === 1 ? needs.join('') : `[${needs.join(', ')}]`;
}

function workLines(step: DraftStep): readonly string[] {
  const { script, folders, takes } = step;
  if (namesItsFile(step)) return [`    ${script.language}: ${yamlText(script.path)}`];
  const command = commandOf(script);
  if (folders.length === 0 && takes.length === 0) return [`    run: ${yamlText(command)}`];
  return [
    '    run: |',
    ...(folders.length === 0 ? [] : [`      mkdir -p ${folders.map(shellText).join(' ')}`]),
    ...takes.map(
      ({ path, from }) => `      cat "$DOWNBEAT_INPUTS"/${shellText(`${from}/${path}`)} > ${shellText(path)}`,
    ),
    `      ${command}`,
  ];
}

function commandOf({ path, language, text }: Script): string {
  switch (language) {
    case 'python':
      return `python3 ${shellText(path)}`;
    case 'node':
      return `node ${shellText(path)}`;
    case 'shell':
      return `${/^#!.*\bbash\b/u.test(text) ? 'bash' : 'sh'} ${shellText(path)}`;
  }
}

function listLines(items: readonly string[], indent: string): readonly string[] {
  return items.map((item) => `${indent}- ${yamlText(item)}`);
}

/** Plain where it can be nothing else, in quotes where YAML might take it for something. */
function yamlText(text: string): string {
  return /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(text)
    ? text
    : JSON.stringify(text);
}

/** A leading dash would be an option. */
function shellText(text: string): string {
  const safe = text.startsWith('-') ? `./${text}` : text;
  return /^[\w./-]+$/u.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
