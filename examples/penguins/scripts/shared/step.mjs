// What every Node step here needs from Downbeat: where its inputs are, and where its outputs go.
// It is all files and environment variables; this module only gives them names.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a line to the step's log. */
export const say = (line) => console.log(line);

/** Ends the step as failed, with a sentence for a person instead of a stack trace. */
export function giveUp(message) {
  console.error(message);
  process.exit(1);
}

/** Reads a setting that the definition hands over under `env:`. */
export function setting(name) {
  const value = process.env[name];
  if (value === undefined)
    giveUp(`The setting ${name} is missing. Add it under 'env:' of this step in the definition.`);
  return value;
}

/** Where a file lies that an earlier step kept under `artifacts:`. The earlier step must be in this step's `needs:`. */
export const inputPath = (step, file) => join(setting('DOWNBEAT_INPUTS'), step, file);

/** Reads the text of such a file. */
export const readInput = (step, file) => readFileSync(inputPath(step, file), 'utf8');

/** Reads such a JSON file, or gives undefined where the earlier step did not run and so kept nothing. */
export function readJsonInput(step, file) {
  return existsSync(inputPath(step, file)) ? JSON.parse(readInput(step, file)) : undefined;
}

/** Gives an output: a small value that later steps, conditions and the page can read. */
export const giveOutput = (name, value) => appendFileSync(setting('DOWNBEAT_OUTPUTS'), `${name}=${value}\n`);

/** The address of this run, for the fine print of what it makes. Empty when the script is tried out by hand. */
export const runId = () => process.env.DOWNBEAT_RUN_ID ?? '';
