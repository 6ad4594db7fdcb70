// An executor that only keeps a ledger of what began and ended where and when. A step's script says what it is like:
// `sim 300 0.2` works up to 300 ms and fails with probability 0.2; `sim hang` ends only when it is told to. A request to
// `https://sim/300/0.2` is like the former, and one that fails may ask to be left alone for a while.

import { type AttemptResult, type Executor, type ExecutorWork } from '../../src/ports/executor.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { type Choices } from './choices.ts';
import { type SimProcess } from './process.ts';
import { type Trace } from './trace.ts';

/** One line of the ledger. */
export interface LedgerLine {
  readonly what: 'begin' | 'end';
  readonly attemptId: string;
  readonly token: string;
  readonly host: string;
  readonly at: Milliseconds;
  /** For ends. */
  readonly outcome?: AttemptResult['outcome'];
  /** The output of that name. */
  readonly rows?: number;
  /** How long it asks to be left alone. */
  readonly wait?: Milliseconds;
}

/** The ledger of the whole cluster. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  /** The executor of a process. */
  executorOf(process: SimProcess): Executor;
}

/** Makes an empty ledger. */
export function createLedger(time: VirtualTime, choices: Choices, trace: Trace): Ledger {
  const lines: LedgerLine[] = [];
  const write = (line: LedgerLine): void => {
    lines.push(line);
    trace.add(`${line.what} ${line.attemptId} ${line.token} ${line.outcome ?? ''}`);
  };
  return {
    lines,
    executorOf: (process) => ({
      kinds: ['shell', 'python', 'node', 'http'],
      start: (spec, listener) => {
        const { attemptId, token } = spec;
        const host = process.incarnation;
        if (process.isDead()) return { result: new Promise(() => undefined), cancel: () => undefined };
        write({ what: 'begin', attemptId, token, host, at: time.now() });
        const [, duration = '100', failing = '0'] = scriptOf(spec.work).trim().split(' ');
        let isOver = false;
        let settle: (result: AttemptResult) => void = () => undefined;
        const result = new Promise<AttemptResult>((resolve) => {
          settle = resolve;
        });
        // Work is a process of its own: it goes on while its host is frozen, and ends with it.
        const finish = (end: AttemptResult): void => {
          if (isOver || process.isDead()) return;
          isOver = true;
          write({ what: 'end', attemptId, token, host, at: time.now(), outcome: end.outcome, ...toldBy(end) });
          process.reach(0, () => {
            settle(end);
          });
        };
        const noise = choices.noise(`work ${attemptId} ${token}`);
        const course = choices.choose<Course>(`work ${attemptId}`, { share: 0.5, end: 'SUCCESS', rows: 10 }, (chance) =>
          drawCourse(chance, Number(failing)),
        );
        if (noise.is(0.3)) listener.log({ at: Math.floor(time.now()), stream: 'out', text: 'at work' });
        if (duration !== 'hang') {
          time.after(1 + course.share * Number(duration), () => {
            finish(endOf(course, spec.work));
          });
        }
        return {
          result,
          cancel: (grace) => {
            time.after(noise.next() * Math.min(grace, 500), () => {
              finish({ outcome: 'cancelled' });
            });
          },
        };
      },
    }),
  };
}

/** What becomes of a piece of work. */
interface Course {
  /** How much of the longest time it takes. */
  readonly share: number;
  readonly end: 'SUCCESS' | 'USER' | 'USER_FOR_GOOD' | 'PLATFORM';
  readonly rows: number;
}

function drawCourse(chance: Chance, failing: number): Course {
  const share = Math.round(chance.next() * 1_000) / 1_000;
  if (!chance.is(failing)) return { share, end: 'SUCCESS', rows: chance.int(0, 20) };
  return { share, end: chance.pick(['USER', 'USER', 'USER_FOR_GOOD', 'PLATFORM', 'PLATFORM', 'PLATFORM']), rows: 0 };
}

function scriptOf(work: ExecutorWork): string {
  if (work.kind === 'http') return `sim ${work.url.split('/').slice(3).join(' ')}`;
  return work.kind === 'shell' ? work.script : '';
}

function toldBy(end: AttemptResult): Pick<LedgerLine, 'rows' | 'wait'> {
  if (end.outcome === 'failed') return end.wait === undefined ? {} : { wait: end.wait };
  const rows = end.outcome === 'succeeded' ? end.outputs.find(({ name }) => name === 'rows')?.value : undefined;
  return typeof rows === 'number' ? { rows } : {};
}

/** Longer than any pause that the workload asks for. */
const LONG_WAIT: Milliseconds = 2_500;

function endOf({ share, end, rows }: Course, work: ExecutorWork): AttemptResult {
  const isRequest = work.kind === 'http';
  if (end === 'SUCCESS') {
    const status = isRequest ? [{ name: 'status', value: 200 }] : [];
    return { outcome: 'succeeded', outputs: [...status, { name: 'rows', value: rows }], signals: [], artifacts: [] };
  }
  const kind = end === 'PLATFORM' ? 'PLATFORM' : 'USER';
  const retryable = end !== 'USER_FOR_GOOD';
  const failure = { kind, code: isRequest ? 'HTTP_STATUS' : 'EXIT_CODE', message: 'It failed.', retryable } as const;
  return { outcome: 'failed', failure, ...(isRequest && share > 0.5 ? { wait: LONG_WAIT } : {}) };
}
