// What a notebook step is handed: which notebook, and of which types the parameters are, which their JSON alone does not show.

import { type NotebookWork } from '../definition/notebook-work.ts';
import { type ValueType } from '../expression/value.ts';
import { type Entry } from '../json.ts';
import { type Level } from './scope.ts';

/** A notebook to run. */
export interface NotebookCall extends NotebookWork {
  /** The types of the run's parameters, and inside a loop also those of the loop. */
  readonly types: readonly Entry<ValueType>[];
}

/** Makes the call of a notebook step. */
export function notebookCall(level: Level, work: NotebookWork): NotebookCall {
  return { ...work, types: typesOf(level) };
}

function typesOf({ run, outer }: Level): readonly Entry<ValueType>[] {
  const own = run.params.map(({ name, type }) => ({ name, value: type }));
  return outer === undefined ? own : [...typesOf(outer), ...own];
}
