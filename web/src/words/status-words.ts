// Statuses as people read them. The API's own word is kept for the tooltip; a status that this version does not know is
// shown by its phase and its own name, never hidden.

/**
 * The six phases that never change, QUEUED and PAUSED, which only runs have, and IGNORED: failed, and the run went on all the
 * same. They choose shape, icon and colour.
 */
export type Phase =
  'QUEUED' | 'PAUSED' | 'WAITING' | 'RUNNING' | 'SUCCEEDED' | 'IGNORED' | 'SKIPPED' | 'FAILED' | 'STOPPED';

/** A status to show. */
export interface StatusWords {
  readonly phase: Phase;
  /** A word or two, as after "it is". */
  readonly text: string;
  /** The API's own word. */
  readonly status: string;
}

const RUN_WORDS: Readonly<Record<string, readonly [Phase, string]>> = {
  QUEUED: ['QUEUED', 'Waiting its turn'],
  RUNNING: ['RUNNING', 'Running'],
  PAUSED: ['PAUSED', 'Paused'],
  SUCCEEDED: ['SUCCEEDED', 'Succeeded'],
  FAILED: ['FAILED', 'Failed'],
  STOPPED: ['STOPPED', 'Stopped'],
  TIMED_OUT: ['FAILED', 'Took too long'],
};

const STEP_WORDS: Readonly<Record<string, readonly [Phase, string]>> = {
  NOT_CREATED: ['WAITING', 'Waiting'],
  PAUSED: ['PAUSED', 'At a breakpoint'],
  WAITING_FOR_SIGNALS: ['WAITING', 'Waiting for a signal'],
  WAITING_FOR_PERMITS: ['WAITING', 'Waiting for a permit'],
  STARTING: ['RUNNING', 'Starting'],
  RUNNING: ['RUNNING', 'Running'],
  RETRY_PENDING: ['WAITING', 'Will try again'],
  SUCCEEDED: ['SUCCEEDED', 'Done'],
  COMPLETED_WITH_ERROR: ['IGNORED', 'Failed, ignored'],
  SKIPPED: ['SKIPPED', 'Skipped'],
  UNSATISFIED: ['SKIPPED', 'Left out'],
  FAILED: ['FAILED', 'Failed'],
  STOPPED: ['STOPPED', 'Stopped'],
  TIMED_OUT: ['FAILED', 'Took too long'],
};

const PHASES: readonly string[] = ['WAITING', 'RUNNING', 'SUCCEEDED', 'SKIPPED', 'FAILED', 'STOPPED'];

/** The words for a run's status. */
export function runWords(status: string): StatusWords {
  const known = RUN_WORDS[status];
  return known === undefined
    ? { phase: 'WAITING', text: plain(status), status }
    : { phase: known[0], text: known[1], status };
}

/** The words for a step's status; the phase helps when the status is newer than this page. */
export function stepWords(status: string, phase?: string): StatusWords {
  const known = STEP_WORDS[status];
  if (known !== undefined) return { phase: known[0], text: known[1], status };
  return { phase: isPhase(phase) ? phase : 'WAITING', text: plain(status), status };
}

/** "Waiting for clean to finish", "Waiting for clean and plot to finish"; undefined when it waits for none of them. */
export function waitingText(needs: readonly string[], unfinished: ReadonlySet<string>): string | undefined {
  const names = needs.filter((need) => unfinished.has(need));
  if (names.length === 0) return undefined;
  if (names.length > 3) return `Waiting for ${String(names.length)} steps to finish`;
  return `Waiting for ${listText(names)} to finish`;
}

/** "a", "a and b", "a, b and c". */
export function listText(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function isPhase(word: string | undefined): word is Phase {
  return word !== undefined && PHASES.includes(word);
}

function plain(status: string): string {
  const words = status.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
