// What to say about `steps.…` that leads nowhere: no such step, not complete by then, in another list, no such output.

import { type NameFault, groupFault } from './name-fault.ts';
import { type StepNames, type StepScope, type StepSight, walk } from './step-names.ts';

/** What is wrong with a path that begins with `steps`; undefined if it leads to an output. */
export function stepsFault([, id, ...members]: readonly string[], scope: StepScope): NameFault | undefined {
  if (id === undefined) return groupFault('steps', 'steps.<id>.<output>');
  const sight = scope.look(id);
  if (sight.kind === 'complete') return membersFault(id, members, sight.names);
  return sight.kind === 'unknown' ? undefined : sightFault(id, sight, { scope, members });
}

type Hidden = Exclude<StepSight, { readonly kind: 'complete' | 'unknown' }>;

function sightFault(
  id: string,
  sight: Hidden,
  { scope, members }: { readonly scope: StepScope; readonly members: readonly string[] },
): NameFault {
  switch (sight.kind) {
    case 'nowhere': {
      const meant = { word: id, among: scope.ids() };
      return { message: `There is no step "${id}".`, hint: 'Write steps.<id>.<output>.', meant };
    }
    case 'self':
      return { message: `The step "${id}" cannot look at its own outputs: it has not run yet.` };
    case 'around':
      return {
        message: `The loop "${id}" is not complete by then: "${scope.id}" is inside it.`,
        hint: 'A step inside a loop sees the steps of its own round: write steps.<id>.<output>.',
      };
    case 'incomplete':
      return {
        message: `The step "${id}" may not be complete by then: "${sight.waiter}" does not wait for it.`,
        hint: `Let "${sight.waiter}" wait for it: needs: ${id}`,
      };
    case 'inside': {
      const name = ['steps', ...sight.path, ...(members.length > 0 ? members : ['<output>'])].join('.');
      return { message: `The step "${id}" is inside a loop.`, hint: `From here its outputs are an array: ${name}` };
    }
    case 'final':
      return { message: `The step "${id}" stands under \`finally\`, which runs when everything else has ended.` };
  }
}

function membersFault(id: string, members: readonly string[], names: StepNames): NameFault | undefined {
  const { type, used, end } = walk(names, members);
  const reached = ['steps', id, ...members.slice(0, used)].join('.');
  if (type !== undefined) return undefined;
  if (end.kind === 'workflow') {
    if (!end.isAsync) return groupFault(reached, `${reached}.<step>.<output>`);
    const message = `\`${reached}\` gives nothing: the step does not wait for the workflow that it starts.`;
    return { message, hint: 'Remove `async` from that step.' };
  }
  const missing = members[used];
  if (end.kind === 'signals') return noSignal(id, missing, { reached, as: end.as });
  if (missing === undefined) return groupFault(reached, `${reached}.${end.kind === 'loop' ? '<step>.' : ''}<output>`);
  const owner = members[used - 1] ?? id;
  return end.kind === 'loop'
    ? noInnerStep(owner, missing, { reached, steps: end.steps })
    : noOutput(owner, missing, end.kind === 'outputs' ? [...end.outputs.keys()] : []);
}

function noSignal(
  step: string,
  missing: string | undefined,
  { reached, as }: { readonly reached: string; readonly as: readonly string[] },
): NameFault {
  const among = as.join('|');
  if (missing === undefined) return groupFault(reached, `${reached}.${among}.<parameter>`);
  const message = `The step "${step}" waits for no signal that it calls "${missing}".`;
  return {
    message,
    hint: `It has ${as.join(', ')}: write ${reached}.${among}.<parameter>.`,
    meant: { word: missing, among: as },
  };
}

function noOutput(step: string, output: string, declared: readonly string[]): NameFault {
  const none = declared.length === 0 ? 'It declares none' : `It has ${declared.join(', ')}`;
  const hint = `${none}; declare it there: outputs: { ${output}: string }`;
  return { message: `The step "${step}" has no output "${output}".`, hint, meant: { word: output, among: declared } };
}

function noInnerStep(
  loop: string,
  missing: string,
  { reached, steps }: { readonly reached: string; readonly steps: ReadonlyMap<string, StepNames> },
): NameFault {
  const message = `There is no step "${missing}" inside the loop "${loop}".`;
  const giver = [...steps].find(([, inner]) => inner.kind === 'outputs' && inner.outputs.has(missing));
  if (giver !== undefined) {
    const suggestion = `${reached}.${giver[0]}.${missing}`;
    return { message, hint: `Did you mean ${suggestion}?`, suggestion };
  }
  const hint = `It has ${[...steps.keys()].join(', ')}: write ${reached}.<step>.<output>.`;
  return { message, hint, meant: { word: missing, among: [...steps.keys()] } };
}
