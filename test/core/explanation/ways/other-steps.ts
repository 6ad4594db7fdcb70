// Ways in which a step goes on for long, will not begin, or has ended without its work.

import { cancelled, given, givenMany, kill, pause, skip, start, stop, succeeded } from '../../../support/given.ts';
import {
  bad,
  missingSecret,
  silent,
  chain,
  pair,
  two,
  finallySteps,
  loop,
  loopOfTwo,
  deep,
  kid,
  calling,
  circle,
  starts,
  started,
  restartedAt,
  returning,
  kept,
} from './situations.ts';
import { run, step, setAside, reason, type Way } from './way.ts';

/** Ways in which a step goes on for long, will not begin, or has ended without its work. */
export const otherSteps: readonly Way[] = [
  {
    what: 'its iterations go on',
    ask: () => reason(step(started(loop), 'flow/1/each')),
    code: 'ITERATIONS',
    says: '"each" goes on: 0 of 3 iterations done, 2 going on, 1 still to begin; at most 2 at once.',
    unblock: 'See what the first of them waits for: downbeat explain flow/1/each[0]',
  },
  {
    what: 'an iteration failed, so no more begin',
    ask: () => reason(step(started(loop).delivered().reported('flow/1/each[0]/i', bad), 'flow/1/each')),
    code: 'ITERATIONS',
    says: '"each" goes on: 1 of 3 iterations done, 1 going on, 1 still to begin; each[0] did not succeed, so no more begin.',
    unblock: 'While it goes on, the one that failed can begin again: downbeat restart flow/1/each[0]',
  },
  {
    what: 'an iteration is to begin again, and there is no place for it',
    ask: () => reason(step(returning(), 'flow/1/each')),
    code: 'ITERATIONS',
    says: '"each" goes on: 0 of 3 iterations done, 2 going on, 1 waiting to begin again, 0 still to begin.',
    unblock: 'See what the first of them waits for: downbeat explain flow/1/each[1]',
  },
  {
    what: 'its iteration is to begin again, and there is no place for it',
    ask: () => reason(step(returning(), 'flow/1/each[0]/i')),
    code: 'STRATEGY',
    says: '"i" waits for its iteration to begin again.',
    unblock: 'See why its run waits: downbeat explain flow/1/each[0]',
  },
  {
    what: 'a step of its iteration is not done',
    ask: () => reason(step(started(loopOfTwo).delivered(), 'flow/1/each[0]/j')),
    code: 'PREDECESSOR',
    says: '"j" waits for "i" to finish.',
  },
  {
    what: 'its run of another workflow was asked for',
    ask: () => reason(step(starts(given(kid, calling), 1), 'flow/1/call')),
    code: 'CHILD',
    says: '"call" has asked "kid" for a run.',
  },
  {
    what: 'its run of another workflow is not over',
    ask: () => reason(step(starts(given(kid, calling), 1).delivered(), 'flow/1/call')),
    code: 'CHILD',
    says: '"call" waits for run kid/1.1 to end.',
    unblock: 'See what that run waits for: downbeat explain kid/1',
  },
  {
    what: 'its run of another workflow was refused',
    ask: () => reason(step(starts(given(calling), 1).delivered(), 'flow/1/call')),
    code: 'ENDED',
    says: '"call" failed: The run of the other workflow could not be made: There is no workflow "kid".',
    unblock:
      'See that the workflow is there and that its parameters fit, then restart this run from what is incomplete.',
  },
  {
    what: 'workflows run one another in a circle',
    ask: () => reason(step(starts(given(circle, calling), 1).delivered(), 'kid/1/call')),
    code: 'ENDED',
    says: '"call" failed: The run of the other workflow could not be made: Workflows run one another in a circle: flow runs kid runs flow. "flow" does one run at a time, and flow/1 waits for this one: neither would ever go on.',
    unblock:
      'See that the workflow is there and that its parameters fit, then restart this run from what is incomplete.',
  },
  {
    what: 'too many workflows run one another',
    ask: () => reason(step(deep(), 'w11/1/call')),
    code: 'ENDED',
    says: '"call" failed: The run of the other workflow could not be made: "w12" would be the 11th workflow, one within the other; 10 are the most.',
    unblock:
      'See that the workflow is there and that its parameters fit, then restart this run from what is incomplete.',
  },
  {
    what: 'its run of another workflow failed',
    ask: () =>
      reason(step(starts(given(kid, calling), 1).delivered().reported('kid/1/k', bad).delivered(), 'flow/1/call')),
    code: 'ENDED',
    says: '"call" failed: Run kid/1.1 did not succeed: Step "k": The command ended with exit code 3.',
    unblock: 'A restart from what is incomplete restarts that run too, from what is incomplete in it.',
  },
  {
    what: 'it stands under `finally`',
    ask: () => reason(step(started(finallySteps), 'flow/1/z')),
    code: 'FINALLY',
    says: '"z" stands under `finally`: it begins when all other steps are over.',
  },
  {
    what: 'its run was killed',
    ask: () => reason(step(started(finallySteps).when(kill('flow/1')), 'flow/1/z')),
    code: 'STOPPING',
    says: '"z" will not begin: its run is ending.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'its run is being stopped',
    ask: () => reason(step(started(chain).when(stop('flow/1')), 'flow/1/b')),
    code: 'STOPPING',
    says: '"b" will not begin: its run is ending.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'it was told to end',
    ask: () => reason(step(started(chain).when(stop('flow/1')), 'flow/1/a')),
    code: 'STOPPING',
    says: '"a" was told to end because its run is being stopped, and has not ended yet.',
  },
  {
    what: 'it was told to end, since it took too long',
    ask: () => reason(step(started(chain).after(30_000), 'flow/1/a')),
    code: 'STOPPING',
    says: '"a" was told to end because it took longer than its timeout, and has not ended yet.',
  },
  {
    what: 'it has taken too long',
    ask: () =>
      reason(
        step(
          started('id: flow\nsteps: [{ id: a, run: x, timeout: 30s }]').after(30_000).reported('flow/1/a', cancelled),
          'flow/1/a',
        ),
      ),
    code: 'ENDED',
    says: '"a" took too long: It took longer than its timeout of 30 s and was ended.',
    unblock: 'Give step "a" a longer `timeout`, or `retry: { timeout: 1 }` if another try may be quicker.',
  },
  {
    what: 'its run is paused',
    ask: () => reason(step(started(two).when(pause('flow/1')).reported('flow/1/a', succeeded()), 'flow/1/b')),
    code: 'PAUSED',
    says: '"b" waits: its run is paused.',
    unblock: 'downbeat resume flow/1',
  },
  {
    what: 'its turn comes in a moment',
    ask: () => reason(step(givenMany(1_600, () => 'noop: true').when(start('flow')), 'flow/1/s1599')),
    code: 'RUNNING',
    says: '"s1599" is about to begin.',
  },
  {
    what: 'it works',
    ask: () => reason(step(started(chain), 'flow/1/a')),
    code: 'RUNNING',
    says: '"a" has been running since 2026-01-15 12:00:00 UTC.',
  },
  {
    what: 'it works, and may not be silent for long',
    ask: () =>
      reason(step(given('id: flow\nsteps: [{ id: a, run: x, heartbeat: 5m }]').when(start('flow')), 'flow/1/a')),
    code: 'RUNNING',
    says: '"a" has been running since 2026-01-15 12:00:00 UTC; it is ended if it gives no sign of life for 5m, as its heartbeat says.',
  },
  {
    what: 'it was silent for too long',
    ask: () => reason(step(started(pair).reported('flow/1/a', silent), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" was ended: Step "a" gave no sign of life for 300 s, as its heartbeat says, and was ended.',
    unblock: 'If it works quietly, let it print a line now and then.',
  },
  {
    what: 'someone left it out',
    ask: () => reason(step(started(two).when(skip('flow/1/a')).reported('flow/1/a', cancelled), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" was left out: someone skipped it.',
    unblock: 'Let it begin again: downbeat retry flow/1/a',
  },
  {
    what: 'its run was stopped before it began',
    ask: () => reason(step(starts(given(chain), 2).when(stop('flow/2')), 'flow/2/a')),
    code: 'ENDED',
    says: '"a" had not begun when its run ended.',
    unblock: 'Run it again: downbeat restart flow/2',
  },
  {
    what: 'the restart began at another step',
    ask: () => reason(step(restartedAt(), 'flow/1/x')),
    code: 'ENDED',
    says: '"x" is left as it was: the run was started again from another step.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'it failed, and its run goes on',
    ask: () => reason(step(started(pair).reported('flow/1/a', bad), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" failed: The command ended with exit code 3.',
    unblock: 'Let it begin again: downbeat retry flow/1/a',
  },
  {
    what: 'it failed and is ignored',
    ask: () =>
      reason(
        step(
          started('id: flow\nsteps: [{ id: a, run: x, onFailure: ignore }, { id: b, run: x }]').reported(
            'flow/1/a',
            bad,
          ),
          'flow/1/a',
        ),
      ),
    code: 'ENDED',
    says: '"a" failed, and its `onFailure: ignore` lets the run go on: The command ended with exit code 3.',
    unblock: 'Let it begin again: downbeat retry flow/1/a',
  },
  {
    what: 'what runs it found something missing, such as a secret or a package',
    ask: () => reason(step(started(chain).reported('flow/1/a', missingSecret), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" failed: There is no secret "token" on this machine.',
    unblock: 'Set DOWNBEAT_SECRET_TOKEN where the steps run, then restart the run from what is incomplete.',
  },
  {
    what: 'it was stopped',
    ask: () => reason(step(started(chain).when(stop('flow/1')).reported('flow/1/a', cancelled), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" was stopped.',
    unblock: 'Run it again: downbeat restart flow/1',
  },
  {
    what: 'it was done before the restart',
    ask: () => reason(step(kept(), 'flow/1/a')),
    code: 'ENDED',
    says: '"a" was done in attempt 1 already.',
  },
  {
    what: 'an error of Downbeat set its run aside',
    ask: () => reason(run(setAside(started(chain), 'run:flow/1.1'), 'flow/1')),
    code: 'QUARANTINED',
    says: 'An error in Downbeat set it aside at 2026-01-15 12:00:00 UTC, so that everything else could go on: TypeError: x is y.',
    unblock: 'Please report the error. When it is mended, let it take part again: downbeat release run:flow/1.',
  },
];
