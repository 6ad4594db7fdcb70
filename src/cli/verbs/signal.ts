// `signal`, `republish` and `dismiss`: what a signal name promises, who publishes and who listens, and what did not fit.

import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { printableLine } from '../display/printable.ts';
import { readParams } from '../program/param-options.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import {
  DISMISS,
  type RefusedView,
  REPUBLISH,
  SIGNAL_TYPE,
  type SignalTypeView,
} from '../operations/signal-operations.ts';
import { type HoldOptions } from './hold-options.ts';

/** Shows a signal name. */
export async function signal(session: Session, name: string): Promise<ExitCode> {
  const { signalType } = await session.client.query(SIGNAL_TYPE, { name });
  if (session.json) printJson(session, signalType);
  else if (signalType === null)
    say(session, `Nothing has published ${printableLine(name)} yet, and nothing listens to it.`);
  else print(session, ...linesOf(signalType, session));
  return FINE;
}

/** What `republish` may be told. */
export interface RepublishOptions extends HoldOptions {
  readonly param?: readonly string[];
}

/** Publishes what a contract refused, as it was or with other parameters. */
export async function republish(session: Session, id: string, options: RepublishOptions): Promise<ExitCode> {
  const { param = [], ...rest } = options;
  const answer = await session.client.mutate(REPUBLISH, {
    id,
    ...rest,
    ...(param.length === 0 ? {} : { params: readParams(param, session.io.folder) }),
  });
  const payload = accepted(session, answer.republishSignal);
  if (session.json) printJson(session, payload);
  else print(session, `✓ it is published as ${payload.signal?.name ?? ''} #${String(payload.signal?.sequence ?? '')}`);
  return FINE;
}

/** Lets go of what a contract refused. */
export async function dismiss(session: Session, id: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(DISMISS, { id, ...options });
  const payload = accepted(session, answer.dismissSignal);
  if (session.json) printJson(session, payload);
  else print(session, '✓ it is let go');
  return FINE;
}

function linesOf(type: SignalTypeView, { paint }: Session): readonly string[] {
  const { name, published, contract, listeners, waitingSteps, waitingRuns, publishingSteps, publishers, quarantine } =
    type;
  const steps = publishingSteps.map(({ workflowId, stepId }) => `  the step ${workflowId}/${stepId}, as it is defined`);
  const others = publishers.map(
    ({ by, count, lastAt }) => `  ${by}: ${timesOf(count)}, last at ${clockTime(lastAt)} UTC`,
  );
  return [
    `${paint('bold', printableLine(name))}, published ${timesOf(published)}`,
    contract === null
      ? 'It has no contract: anything may be published.'
      : `Contract, version ${String(contract.version)}${contract.owner === null ? '' : `, of ${contract.owner}`}${contract.description === null ? '' : `: ${contract.description}`}`,
    ...(contract === null ? [] : [`  ${JSON.stringify(contract.schema)}`]),
    ...titled('Who publishes it:', [...steps, ...others]),
    ...titled('Who listens:', [
      ...listeners.map(({ id, text }) => `  ${shortId(id)}, ${text}`),
      ...waitingSteps.map(
        ({ workflowId, stepId, text }) => `  the step ${workflowId}/${stepId}, which waits for ${text}`,
      ),
    ]),
    ...titled(`Who waits for it now, ${runsOf(waitingRuns.totalCount)}:`, waitingLines(waitingRuns)),
    ...titled(
      `Refused, ${String(quarantine.totalCount)} kept${quarantine.dropped === 0 ? '' : `, ${String(quarantine.dropped)} older ones gone`}:`,
      quarantine.nodes.flatMap(refusedLines),
    ),
  ].map(printableLine);
}

function waitingLines({ totalCount, nodes }: SignalTypeView['waitingRuns']): readonly string[] {
  const more = totalCount - nodes.length;
  return [...nodes.map(({ id }) => `  ${shortId(id)}`), ...(more > 0 ? [`  and ${String(more)} more`] : [])];
}

function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

function runsOf(count: number): string {
  return count === 1 ? 'one run' : `${String(count)} runs`;
}

function timesOf(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`;
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function refusedLines({ id, by, lastAt, times, params, faults }: RefusedView): readonly string[] {
  return [
    `  ${id}`,
    `    by ${by}, ${clockTime(lastAt)} UTC${times === 1 ? '' : `, ${String(times)} times`}: ${JSON.stringify(params).slice(0, 200)}`,
    ...faults.map(({ message }) => `    ${message}`),
  ];
}
