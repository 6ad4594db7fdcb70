// `test`: plays the tests that stand in definition files, on the real rules with a clock of their own. It needs no server.

import { readdirSync } from 'node:fs';
import { documentKind } from '../../core/definition/document-kind.ts';
import { readProps, type Props, type PropsDocument } from '../../core/lab/read-props.ts';
import { readStory } from '../../core/lab/read-story.ts';
import { type Story } from '../../core/lab/story.ts';
import { tell } from '../../core/lab/tell.ts';
import { tryStory, type Tried, type Trying } from '../../core/lab/try-story.ts';
import { type Mishap, mishaps } from '../../core/lab/weather.ts';
import { wrongUse } from '../cli-error.ts';
import { loadDefinitions, type LoadedDefinitions } from '../documents/definition-files.ts';
import { splitDocuments } from '../documents/documents.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';
import { problemOfRefusal } from '../documents/source-problem.ts';
import { refuse } from './apply.ts';

/** Options of `test`. */
export interface TestOptions {
  /** `all`, or names with commas between them. */
  readonly weather?: string;
  /** In how many weathers. */
  readonly seeds?: number;
  /** The first of them. */
  readonly seed?: number;
}

interface FileDocument extends PropsDocument {
  readonly file: string;
  readonly linesBefore: number;
}

interface PlacedStory {
  readonly file: string;
  readonly story: Story;
}

const SUFFIX = '.downbeat.yaml';
const usualSeeds = 100;
/** Longer tales are cut in the middle: what led to the failure stands at the end. */
const mostTold = 40;

/** Plays the tests of files: without files, of all definition files in the folder. */
export function test(session: Session, files: readonly string[], options: TestOptions): ExitCode {
  const chosen = files.length > 0 ? files : definitionsIn(session.io.folder);
  const loaded = loadDefinitions(chosen, session);
  if (loaded.problems.length > 0) return refuse(session, loaded.problems, loaded.texts);
  const documents = documentsOf(loaded.texts);
  const { props, faults } = readProps(documents, { checkCron: session.checkCron });
  const problems = faults.flatMap(({ document, refusals }) =>
    refusals.map((refusal) => problemOfRefusal(refusal, document.file, document.linesBefore)),
  );
  if (problems.length > 0) return refuse(session, problems, loaded.texts);
  const stories = storiesOf(documents);
  if (stories.length === 0) {
    throw wrongUse(
      `There is no test in ${chosen.join(', ')}.`,
      'Write one into the same file, behind a line ---: it begins with kind: test. See docs/testing.md.',
    );
  }
  return tryAll(session, stories, props, tryingOf(options));
}

function definitionsIn(folder: string): readonly string[] {
  const found = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  if (found.length === 0) throw wrongUse(`No file here ends with ${SUFFIX}.`, 'Name the files that hold the tests.');
  return found.sort();
}

function documentsOf(texts: LoadedDefinitions['texts']): readonly FileDocument[] {
  return [...texts].flatMap(([file, text]) =>
    splitDocuments(text).map((document) => ({ ...document, file, kind: documentKind(document.text) })),
  );
}

function storiesOf(documents: readonly FileDocument[]): readonly PlacedStory[] {
  return documents.flatMap(({ kind, text, file, linesBefore }): readonly PlacedStory[] => {
    const read = kind === 'test' ? readStory(text, linesBefore + 1) : undefined;
    return read?.ok === true ? [{ file, story: read.value }] : [];
  });
}

function tryingOf({ weather, seeds = usualSeeds, seed = 1 }: TestOptions): Trying {
  if (weather === undefined) return { mishaps: [], seeds: 0, seed };
  if (weather === 'all') return { mishaps, seeds, seed };
  const chosen = weather.split(',').map((name) => name.trim());
  const unknown = chosen.find((name) => !mishaps.some((mishap) => mishap === name));
  if (unknown !== undefined) {
    throw wrongUse(`There is no weather "${unknown}".`, `Write all, or some of ${mishaps.join(',')}.`);
  }
  return { mishaps: chosen as readonly Mishap[], seeds, seed };
}

function tryAll(session: Session, stories: readonly PlacedStory[], props: Props, trying: Trying): ExitCode {
  let failures = 0;
  for (const { file, story } of stories) {
    const tried = tryStory(story, props, trying);
    const hasFailed = tried.played.faults.length > 0;
    if (hasFailed) failures += 1;
    if (session.json) printJson(session, viewOf(file, tried));
    else print(session, ...(hasFailed ? failedLines(session, file, tried) : passedLines(session, file, tried)));
  }
  const passed = `${String(stories.length - failures)} passed`;
  if (!session.json) print(session, '', `${passed}, ${String(failures)} failed`);
  return failures === 0 ? FINE : FAILED;
}

function viewOf(file: string, { story, played, shrunk, seed }: Tried): object {
  const shown = shrunk ?? played;
  return {
    file,
    line: story.line,
    name: story.name,
    passed: played.faults.length === 0,
    faults: played.faults,
    ...(seed === undefined ? {} : { seed }),
    ...(played.faults.length === 0 ? {} : { told: tell(shown).map(({ clock, text }) => ({ at: clock, text })) }),
  };
}

function passedLines({ paint }: Session, file: string, { story }: Tried): readonly string[] {
  return [`${paint('green', '✓')} ${printableLine(story.name)}  ${paint('dim', `${file}:${String(story.line)}`)}`];
}

function failedLines({ paint }: Session, file: string, tried: Tried): readonly string[] {
  const { story, played, shrunk, seed } = tried;
  const told = tell(shrunk ?? played);
  const cut = Math.max(0, told.length - mostTold);
  const how = shrunk === undefined ? 'What happened' : 'What happened, without what does not matter';
  return [
    `${paint('red', '✗')} ${printableLine(story.name)}  ${paint('dim', `${file}:${String(story.line)}`)}`,
    ...played.faults.map(({ line, message }) => `    line ${String(line)}: ${printableLine(message)}`),
    ...(seed === undefined ? [] : [`    in bad weather only: again with --seed ${String(seed)} --seeds 1`]),
    `    ${how}:`,
    ...(cut === 0 ? [] : [`      … ${String(cut)} earlier`]),
    ...(told.length === 0 ? ['      nothing'] : []),
    ...told.slice(cut).map(({ clock, text }) => `      ${paint('dim', clock)}  ${printableLine(text)}`),
  ];
}
