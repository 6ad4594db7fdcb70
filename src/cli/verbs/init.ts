// `init`: the scripts of a folder become a first definition, which can be read and run. Nothing that is there is ever changed.

import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { definitionText } from '../init/definition-text.ts';
import { type Draft, type DraftStep, draftOf } from '../init/draft.ts';
import { findFiles, type FolderContent } from '../init/find-files.ts';
import { type Ground } from '../init/guess-order.ts';
import { SCRIPT_ENDINGS } from '../init/script.ts';
import { slugOf } from '../init/slug.ts';
import { loadDefinitions } from '../documents/definition-files.ts';
import { printable, printableLine } from '../display/printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { refuse } from './apply.ts';

const MOST_SCRIPTS = 50;

const GROUNDS: Readonly<Record<Ground, string>> = {
  runner: 'The order is that of the script that starts the others.',
  numbers: 'The order is that of the numbers in their names.',
  words: 'The order is guessed from the words in their names; change `needs` where it is wrong.',
  alphabet: 'Their names say nothing about the order, so it is that of the alphabet; change `needs` where it is wrong.',
};

/** Writes `<folder>.downbeat.yaml`. */
export function init(session: Session, folder: string): ExitCode {
  const home = resolve(session.io.folder, folder);
  const content = contentOf(home, folder);
  const id = slugOf(basename(home), 'workflow');
  const path = join(home, `${/^\w[\w.-]*$/u.test(basename(home)) ? basename(home) : id}.downbeat.yaml`);
  const shown = relative(session.io.folder, path);
  if (existsSync(path)) {
    throw wrongUse(
      `${shown} is there already, and nothing was changed.`,
      `Apply it with: downbeat apply ${shown}. Or take it away, and this command will write another.`,
    );
  }
  const draft = draftOf(content);
  const schemaUrl = new URL('/schema/workflow.json', session.config.client.url).href;
  writeFileSync(path, definitionText(draft, { id, schemaUrl }), { flag: 'wx' });
  const { problems, texts } = loadDefinitions([shown], session);
  if (problems.length > 0) {
    say(session, `${shown} is written, and something in it must be mended:`, '');
    return refuse(session, problems, texts);
  }
  const next = ['downbeat serve', `downbeat apply ${shown}`, `downbeat run ${id} --watch`];
  if (session.json) printJson(session, { file: shown, workflowId: id, ...shownDraft(draft), next });
  else tell(session, { shown, draft, content, next });
  return FINE;
}

function contentOf(home: string, folder: string): FolderContent {
  if (!existsSync(home) || !statSync(home).isDirectory()) {
    throw wrongUse(
      `There is no folder ${printable(folder)}.`,
      'Name the folder that your scripts lie in: downbeat init my-scripts.',
    );
  }
  const content = findFiles(home);
  const { scripts } = content;
  if (scripts.length === 0) {
    throw wrongUse(
      `There are no scripts in ${printable(folder)}: looked for files that end in ${SCRIPT_ENDINGS.join(', ')}, and passed over hidden files, tests, node_modules and virtual environments.`,
      'Name the folder that your scripts lie in: downbeat init my-scripts.',
    );
  }
  if (scripts.length > MOST_SCRIPTS) {
    throw wrongUse(
      `There are ${String(scripts.length)} scripts in ${printable(folder)}, and one definition is made from at most ${String(MOST_SCRIPTS)}.`,
      'Name the folder of one piece of work: downbeat init my-project/monthly-report.',
    );
  }
  return content;
}

function shownDraft({ steps, by, files, aside }: Draft): object {
  return {
    orderBy: by,
    steps: steps.map(({ id, script, needs, makes }) => ({ stepId: id, script: script.path, needs, artifacts: makes })),
    files,
    aside,
  };
}

interface Told {
  readonly shown: string;
  readonly draft: Draft;
  readonly content: FolderContent;
  readonly next: readonly string[];
}

function tell(session: Session, { shown, draft, content, next }: Told): void {
  const { paint } = session;
  const { steps, by, aside } = draft;
  const width = Math.max(...steps.map(({ id }) => id.length));
  const count = steps.length === 1 ? '1 step' : `${String(steps.length)} steps`;
  print(session, `${paint('green', '✓')} ${printableLine(shown)} is written, with ${count}`);
  for (const step of steps) print(session, `    ${step.id.padEnd(width)}  ${printableLine(textOf(step))}`);
  if (aside.length > 0) print(session, `    ${paint('dim', 'no steps:')} ${printableLine(aside.join(', '))}`);
  if (steps.length > 1) say(session, GROUNDS[by]);
  say(session, ...notes(content, draft));
  const [serve = '', apply = '', run = ''] = next;
  print(
    session,
    '',
    'Next:',
    `  ${serve}${' '.repeat(Math.max(2, apply.length + 2 - serve.length))}in another terminal`,
    `  ${apply}`,
    `  ${run}`,
  );
}

function textOf({ script, takes, makes }: DraftStep): string {
  const from = [...new Set(takes.map((take) => `${take.path} of ${take.from}`))];
  return [
    script.path,
    ...(from.length === 0 ? [] : [`takes ${from.join(', ')}`]),
    ...(makes.length === 0 ? [] : [`keeps ${makes.join(', ')}`]),
  ].join('; ');
}

/** What a person should know before the first run. */
function notes({ files, scripts }: FolderContent, { steps }: Draft): readonly string[] {
  const isPython = steps.some(({ script }) => script.language === 'python');
  return [
    ...(steps.length > 1
      ? ['Each step runs in a folder of its own: what one makes for another stands under its `artifacts`.']
      : []),
    ...(isPython && files.includes('requirements.txt')
      ? ['Python steps run with the python3 of the server; install what requirements.txt names there.']
      : []),
    ...(scripts.some(({ path }) => path.endsWith('.ts'))
      ? ['TypeScript runs as it is with Node.js 22.18 or newer; with an older one, name the JavaScript made from it.']
      : []),
  ];
}
