// `publish`: says that something has happened, and prints what the triggers made of it.

import { type ExitCode, FINE } from '../exit-code.ts';
import { shortId } from '../server/global-id.ts';
import { PUBLISH, type ReceiptView } from '../operations/operations.ts';
import { readParams } from '../program/param-options.ts';
import { printableLine } from '../display/printable.ts';
import { accepted, print, printJson, type Session } from '../session.ts';
import { type Paint } from '../display/style.ts';

/** What `publish` may be told. */
export interface PublishOptions {
  readonly param?: readonly string[];
  readonly idempotencyKey?: string;
  readonly reason?: string;
}

/** Publishes a signal. */
export async function publish(session: Session, name: string, options: PublishOptions): Promise<ExitCode> {
  const { idempotencyKey, reason } = options;
  const answer = await session.client.mutate(PUBLISH, {
    name,
    params: readParams(options.param ?? [], session.io.folder),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(reason === undefined ? {} : { reason }),
  });
  const receipt = accepted(session, answer.publishSignal);
  if (session.json) printJson(session, receipt);
  else print(session, ...receiptLines(receipt, name, session));
  return FINE;
}

function receiptLines(receipt: ReceiptView, name: string, session: Session): readonly string[] {
  const { paint } = session;
  const id = receipt.signal?.id ?? '';
  const number = String(receipt.signal?.sequence ?? '');
  const head = receipt.duplicate
    ? `${paint('dim', '=')} ${name} #${number} was there already (${id}): nothing happened now`
    : `${paint('green', '✓')} ${name} #${number} is published (${id})`;
  const matches = receipt.matches.map((match) => matchLine(match, paint));
  const taken = (receipt.signal?.takenBy ?? []).map(
    (step) => `  ${paint('green', '✓')} ${shortId(step)} has waited for it, and took it`,
  );
  const open = receipt.settled
    ? []
    : [`  … not every trigger has answered yet; ask again with: downbeat explain ${id}`];
  const nobody =
    receipt.settled && matches.length + taken.length === 0 && !receipt.duplicate
      ? [`  ○ no trigger listens to ${name} and no step waits for it, so nothing started; it is kept all the same`]
      : [];
  return [head, ...matches, ...taken, ...open, ...nobody];
}

/** Of a trigger that started a run, the run; of any other, the reason. */
function matchLine({ runId, workflowId, text }: ReceiptView['matches'][number], paint: Paint): string {
  if (runId === null) return `  ${paint('yellow', '○')} ${workflowId} did not start: ${printableLine(text)}`;
  const why = text.includes(runId) ? '' : `: ${printableLine(text)}`;
  return `  ${paint('green', '✓')} ${workflowId} started ${shortId(runId)}${why}`;
}
