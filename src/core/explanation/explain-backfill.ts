// Why a backfill is where it is.

import { badLines, type BackfillState } from '../backfill/backfill.ts';
import { type EntityId } from '../ids.ts';
import { type Quarantinable } from '../quarantine.ts';
import { scheduleText } from '../trigger/describe-schedule.ts';
import { zonedMoment } from '../trigger/zoned-moment.ts';
import { explainQuarantine } from './explain-quarantine.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { count, list, moment } from './sentences.ts';

/** What a backfill is for: "each time of daily (every day at 06:00 UTC), from 2026-11-01 00:00 to 2026-11-07 23:59". */
export function backfillText({ plan }: Pick<BackfillState, 'plan'>): string {
  const { source, total } = plan;
  if (source.kind === 'KEYS') return `${count(total, 'key')} that ${total === 1 ? 'was' : 'were'} given`;
  const zone = 'timezone' in source.schedule ? source.schedule.timezone : 'UTC';
  const name = source.trigger === undefined ? '' : `${source.trigger}, `;
  const [from, to] = [zonedMoment(zone, source.from), zonedMoment(zone, source.to)];
  return `each time of ${name}${scheduleText(source.schedule)}, from ${from} to ${to}`;
}

/** Explains a backfill. */
export function explainBackfill(id: EntityId, state: BackfillState & Quarantinable): Explanation {
  const setAside = explainQuarantine(id, state);
  if (setAside !== undefined) return setAside;
  const reasons = [standing(id, state), ...going(state), ...bad(id, state)];
  return { id, summary: reasons[0]?.text ?? '', reasons };
}

function standing(id: EntityId, state: BackfillState): Reason {
  const { plan, status, heldBy, endedAt, counts } = state;
  const done = `${String(counts.SUCCEEDED)} of ${count(plan.verdicts.NEW + plan.verdicts.REDO, 'run')} succeeded`;
  switch (status) {
    case 'PLANNED':
      return {
        code: 'PLANNED',
        text: `It is a plan that nobody has applied yet; it can be until ${moment(state.expiresAt)}.`,
        unblock: `downbeat backfill apply ${id} --hash ${plan.hash}`,
        until: state.expiresAt,
      };
    case 'RUNNING':
      return {
        code: 'RUNNING',
        text: `It is going on: ${done}, ${String(counts.WAITING)} wait. ${count(plan.concurrency, 'run')} of it at most at once, and none before a run that is of no backfill.`,
      };
    case 'PAUSED':
      return {
        code: 'PAUSED',
        text:
          heldBy === undefined
            ? `It paused by itself after ${count(state.failures, 'failure')}: ${done}, ${String(counts.WAITING)} wait.`
            : `${heldBy} paused it: ${done}, ${String(counts.WAITING)} wait.`,
        unblock: `downbeat backfill resume ${id}`,
      };
    case 'CANCELLED':
      return { code: 'ENDED', text: `${heldBy ?? 'Someone'} cancelled it: ${done}.` };
    case 'EXPIRED':
      return {
        code: 'ENDED',
        text: 'It was a plan, and nobody applied it within a day.',
        unblock: `Plan it again: downbeat backfill plan ${state.workflowId}`,
      };
    case 'SUCCEEDED':
    case 'FAILED':
      return { code: 'ENDED', text: `It is over${endedAt === undefined ? '' : ` since ${moment(endedAt)}`}: ${done}.` };
  }
}

function going({ workflowId, going: runs }: BackfillState): readonly Reason[] {
  const [first] = runs;
  if (first === undefined) return [];
  const names = runs.slice(0, 3).map(({ number }) => `${workflowId}/${String(number)}`);
  if (runs.length > names.length) names.push(`${String(runs.length - names.length)} more`);
  const verb = runs.length === 1 ? 'waits or goes on' : 'wait or go on';
  return [
    { code: 'RUNNING', text: `Of it ${verb} ${list(names)}.`, subject: `run:${workflowId}/${String(first.number)}` },
  ];
}

function bad(id: EntityId, state: BackfillState): readonly Reason[] {
  const lines = badLines(state);
  if (lines === 0) return [];
  const unblock = state.status === 'CANCELLED' ? {} : { unblock: `Start them again: downbeat backfill retry ${id}` };
  return [{ code: 'REFUSED', text: `${count(lines, 'line')} did not succeed.`, ...unblock }];
}
