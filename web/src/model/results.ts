// Files that a run's steps kept: how each is shown, and which a person most likely came for.

import { type Artifact, type StepState } from '../api/shapes.ts';

/** How a file can be shown on the page. */
export type Showing = 'page' | 'picture' | 'text' | 'none';

/** A file, the step that kept it, and how it can be shown. */
export interface Result {
  readonly artifact: Artifact;
  readonly stepId: string;
  readonly showing: Showing;
}

const SHOWN_AS: Readonly<Record<string, Showing>> = {
  html: 'page',
  htm: 'page',
  svg: 'picture',
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  gif: 'picture',
  webp: 'picture',
  md: 'text',
  txt: 'text',
  csv: 'text',
  tsv: 'text',
  json: 'text',
  log: 'text',
  yaml: 'text',
  yml: 'text',
};
const RANK: Readonly<Record<Showing, number>> = { page: 0, picture: 1, text: 2, none: 3 };

/** How a file of that path can be shown. */
export function showingOf(path: string): Showing {
  const dot = path.lastIndexOf('.');
  return SHOWN_AS[path.slice(dot + 1).toLowerCase()] ?? 'none';
}

/** The files of all steps: pages and pictures first, and of the same sort the last made first. */
export function resultsOf(steps: readonly Pick<StepState, 'stepId' | 'artifacts'>[]): readonly Result[] {
  const all = steps.flatMap(({ stepId, artifacts }) =>
    artifacts.map((artifact) => ({ artifact, stepId, showing: showingOf(artifact.path) })),
  );
  return all
    .map((result, place) => ({ result, place }))
    .sort((one, other) => RANK[one.result.showing] - RANK[other.result.showing] || other.place - one.place)
    .map(({ result }) => result);
}
