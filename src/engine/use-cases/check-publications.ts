// What steps of a definition publish that the contracts of these signals would refuse: as far as it shows before they run.

import { valueFaults } from '../../core/definition/contract/faults.ts';
import { memberNames, memberSchema, requiredNames } from '../../core/definition/contract/keywords.ts';
import { type Definition } from '../../core/definition/model.ts';
import { placed, type Problem, refusalOf } from '../../core/definition/problem.ts';
import { parseSource } from '../../core/definition/source/parse-source.ts';
import { stepLists, stepsIn } from '../../core/definition/step-lists.ts';
import { nearest } from '../../core/expression/nearest.ts';
import { signalTypeEntity } from '../../core/ids.ts';
import { type Entry } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type SignalContract } from '../../core/signal/contract.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';

/** What steps of a definition publish that the contracts of these signals would refuse, as far as it can be seen now. */
export async function publicationRefusals(
  { node, reader }: { readonly node: EngineNode; readonly reader: Reader },
  definition: Definition,
  source: string,
): Promise<readonly Refusal[]> {
  const contracts = new Map<string, SignalContract | undefined>();
  const problems: Problem[] = [];
  for (const { step, path } of stepLists(definition).flatMap(stepsIn)) {
    if (step.work.kind !== 'publish') continue;
    const { signal, params } = step.work;
    if (!contracts.has(signal)) {
      const read = await reader.entity('signalType', signalTypeEntity(signal), node.partitionOf(signal));
      contracts.set(signal, read?.state.contract);
    }
    const contract = contracts.get(signal);
    if (contract !== undefined)
      problems.push(...publicationProblems(contract, { signal, params, path, step: step.id }));
  }
  const root = parseSource(source)[0]?.root;
  return root === undefined ? [] : problems.map((problem) => refusalOf(placed(problem, root)));
}

function publicationProblems(
  { schema, version }: SignalContract,
  at: {
    readonly signal: string;
    readonly params: readonly Entry[];
    readonly path: readonly string[];
    readonly step: string;
  },
): readonly Problem[] {
  if (typeof schema === 'boolean') return [];
  const { signal, params, path, step } = at;
  const owner = [...path, 'publish'];
  const contract = `the contract of "${signal}" (version ${String(version)})`;
  const given = params.map(({ name }) => name);
  const missing = requiredNames(schema).filter((name) => !given.includes(name));
  return [
    ...missing.map((name) => ({
      rule: 'contract',
      path: owner,
      message: `The step "${step}" publishes without \`${name}\`, which ${contract} asks for.`,
      hint: `Add \`${name}\` under \`params\`.`,
    })),
    ...params.flatMap(({ name, value }): readonly Problem[] => {
      const member = memberSchema(schema, name);
      const place = { rule: 'contract', path: [...owner, 'params', name] };
      if (member === false) {
        const near = nearest(name, missing) ?? nearest(name, memberNames(schema));
        const hint =
          near === undefined ? `It has ${memberNames(schema).join(', ') || 'none'}.` : `Did you mean "${near}"?`;
        return [
          {
            ...place,
            message: `The step "${step}" publishes \`${name}\`, which is not in ${contract}.`,
            hint,
            onKey: true,
          },
        ];
      }
      // What is filled in when the step runs is known only then.
      if (typeof value === 'string' && value.includes('${')) return [];
      return valueFaults(member, value, [name]).map(({ message }) => ({
        ...place,
        message: `The step "${step}" publishes what ${contract} does not allow: ${message}`,
      }));
    }),
  ];
}
