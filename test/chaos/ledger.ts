// The ledger: a file to which every step appends one line when it begins and one when it ends, each with a single write
// (O_APPEND). What steps really did is read here, whatever the server believes.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One line of a ledger. */
export interface LedgerLine {
  readonly run: string;
  readonly step: string;
  /** `DOWNBEAT_ATTEMPT_ID`: the same again when the attempt is sent out again. */
  readonly attempt: string;
  /** The step's process. */
  readonly pid: number;
  readonly phase: 'begin' | 'end';
}

/** A ledger and how steps write to it. */
export interface Ledger {
  /** A step of a definition, in YAML's flow form, that writes `begin`, sleeps as long as told, and writes `end`. */
  step(id: string, options?: { readonly needs?: string; readonly seconds?: number }): string;
  lines(): readonly LedgerLine[];
  /** Removes the file. */
  remove(): void;
}

/** Opens an empty ledger. */
export function openLedger(): Ledger {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-ledger-'));
  const file = join(folder, 'ledger');
  return {
    step: (id, { needs, seconds = 0 } = {}) => {
      const say = (phase: string): string =>
        `printf '%s %s %s %s ${phase}\\n' "$DOWNBEAT_RUN_ID" "$DOWNBEAT_STEP_ID" "$DOWNBEAT_ATTEMPT_ID" "$$" >> "$LEDGER"`;
      const script = [say('begin'), ...(seconds === 0 ? [] : [`sleep ${String(seconds)}`]), say('end')].join('\n');
      const step = { id, ...(needs === undefined ? {} : { needs }), run: script, env: { LEDGER: file } };
      return JSON.stringify(step);
    },
    lines: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(lineOf) : []),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function lineOf(text: string): LedgerLine {
  const match = /^(\S+) (\S+) (\S+) (\d+) (begin|end)$/.exec(text);
  if (match === null) throw new Error(`The ledger holds a broken line: ${text}`);
  const [, run = '', step = '', attempt = '', pid, phase] = match;
  return { run, step, attempt, pid: Number(pid), phase: phase === 'begin' ? 'begin' : 'end' };
}
