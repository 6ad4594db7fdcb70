// `plan`: what applying definitions would change and touch, as a small difference in words. Changes nothing.

import { type LoadedWorkflow, loadDefinitions } from '../documents/definition-files.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { PLAN, type PlanView } from '../operations/definition-operations.ts';
import { OTHER_DOCUMENTS } from '../documents/other-documents.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { problemOfUserError, type SourceProblem } from '../documents/source-problem.ts';
import { type Colour } from '../display/style.ts';
import { refuse } from './apply.ts';

/** Plans every definition of the files; there being changes is no failure. */
export async function plan(session: Session, files: readonly string[]): Promise<ExitCode> {
  const loaded = loadDefinitions(files, session);
  if (loaded.problems.length > 0) return refuse(session, loaded.problems, loaded.texts);
  const problems: SourceProblem[] = [];
  let changed = 0;
  for (const document of loaded.others) {
    problems.push(...((await OTHER_DOCUMENTS.get(document.kind)?.plan(session, document)) ?? []));
  }
  for (const workflow of loaded.workflows) {
    const planned = await ask(session, workflow);
    const { errors, changes } = planned;
    problems.push(...errors.map((error) => problemOfUserError(error, workflow.file, workflow.linesBefore)));
    if (errors.length > 0) continue;
    changed += changes.length;
    if (session.json) printJson(session, planned);
    else print(session, ...linesOf(planned, session));
  }
  if (problems.length > 0) return refuse(session, problems, loaded.texts);
  if (changed > 0 && !session.json) say(session, `Nothing was changed. Do it with: downbeat apply ${files.join(' ')}`);
  return FINE;
}

async function ask(session: Session, { text, uploads }: LoadedWorkflow): Promise<PlanView> {
  const answer = await session.client.query(PLAN, { input: { source: text, files: uploads } });
  return answer.plan;
}

const SIGNS: Readonly<Record<PlanView['changes'][number]['kind'], readonly [sign: string, colour: Colour]>> = {
  ADDED: ['+', 'green'],
  REMOVED: ['-', 'red'],
  CHANGED: ['~', 'yellow'],
};

/** Effects that a person should not read past. */
const GRAVE = new Set(['REFUSED', 'BREAKS', 'MISSING', 'ORPHANS']);

function linesOf(planned: PlanView, session: Session): readonly string[] {
  const { paint } = session;
  const effects = planned.effects.flatMap(({ code, text, unblock }) => {
    const line = `    ${GRAVE.has(code) ? paint('red', '! ') : ''}${printableLine(text)}`;
    return unblock === null ? [line] : [line, `      ${paint('green', 'help:')} ${printableLine(unblock)}`];
  });
  return [
    headOf(planned, session),
    ...planned.changes.flatMap((change) => changeLines(change, session)),
    ...(effects.length === 0 ? [] : [`  ${paint('bold', 'touches')}`, ...effects]),
  ];
}

function headOf({ workflowId, activeVersion, version, isKnown, changes }: PlanView, { paint }: Session): string {
  const name = paint('bold', printableLine(workflowId ?? ''));
  const number = String(version);
  if (activeVersion === version) return `${paint('dim', '=')} ${name} version ${number}: nothing would change`;
  if (activeVersion === null && !isKnown) return `${name}: new, version ${number}`;
  const way = activeVersion === null ? `version ${number}` : `version ${String(activeVersion)} → ${number}`;
  const again = isKnown ? ', which is there already' : '';
  return `${name}: ${way}${again}${changes.length === 0 ? '; only written or ordered in another way' : ''}`;
}

function changeLines(
  { kind, subject, name, details, keepsPlace }: PlanView['changes'][number],
  { paint }: Session,
): readonly string[] {
  const [sign, colour] = SIGNS[kind];
  const place = kind === 'CHANGED' && keepsPlace === true ? paint('dim', ' (keeps its place)') : '';
  return [
    `  ${paint(colour, `${sign} ${subject.toLowerCase()} ${printableLine(name)}`)}${place}`,
    ...details.map((detail) => `      ${printableLine(detail)}`),
  ];
}
