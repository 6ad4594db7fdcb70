// `reset-trigger`: what waits for a trigger on several signals is dropped.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId } from '../server/global-id.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { RESET_TRIGGER } from '../operations/trigger-operations.ts';
import { type HoldOptions } from './hold-options.ts';

/** Drops what waits for a trigger, which goes on as if nothing had come yet. */
export async function resetTrigger(session: Session, id: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RESET_TRIGGER, { triggerId: globalId(id), ...options });
  const { trigger } = accepted(session, answer.resetTrigger);
  if (session.json) printJson(session, trigger);
  else if (trigger !== null) {
    const name = trigger.id.replace(/^trigger:/u, '');
    print(session, `✓ nothing waits for ${name} any more (${String(trigger.counts?.expired ?? 0)} expired so far)`);
    say(session, `It starts a run ${trigger.text}.`);
  }
  return FINE;
}
