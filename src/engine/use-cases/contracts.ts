// Contracts of signals from the outside: applying one, and what becomes of publications that it refused.

import { stepLists } from '../../core/definition/step-lists.ts';
import { narrowings } from '../../core/definition/contract/narrowing.ts';
import { readSignalType } from '../../core/definition/contract/read-signal-type.ts';
import { signalEntity, signalQuarantineEntity, signalTypeEntity } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { type NewSignal } from '../../core/partition/message.ts';
import { isUnchanged } from '../../core/partition/signal/contracts.ts';
import { type Refusal } from '../../core/refusal.ts';
import { success } from '../../core/result.ts';
import { type SignalTypeState } from '../../core/signal/signal.ts';
import { type Ask } from '../ask.ts';
import { type ContractCases } from '../contract-cases.ts';
import { type Caller } from '../answer.ts';
import { type ActiveParts, activeDefinitions } from './active-definitions.ts';
import { readWaitingSteps } from './who-listens.ts';

/** What contracts are worked on with. */
export interface ContractParts extends ActiveParts {
  readonly ask: Ask;
}

const mostWorkflows = 500;

/** Creates the use cases. */
export function createContractCases(parts: ContractParts): ContractCases {
  const { outside, node, ask, reader } = parts;
  return {
    applySignalType: async ({ source, force, expectedVersion }, caller) => {
      const read = readSignalType(source);
      if (!read.ok) return { ok: false, refusals: read.failure };
      const { name, schema, description, owner } = read.value;
      const given = {
        ...(description === undefined ? {} : { description }),
        ...(owner === undefined ? {} : { owner }),
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      };
      const body = { type: 'ApplySignalType', name, schema, force, ...given } as const;
      const args: Json = { schema, force, ...given };
      const asked = await ask(node.partitionOf(name), body, caller, { target: name, args });
      if (!asked.ok) return asked;
      if (asked.outcome.type !== 'ContractApplied') throw new Error(`applying came to ${asked.outcome.type}`);
      const { version, changed } = asked.outcome;
      const value = { state: await typeOf(parts, name), version, changed };
      return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
    },
    planSignalType: async (source) => {
      const read = readSignalType(source);
      if (!read.ok) return read;
      const { name, ...wanted } = read.value;
      const { contract } = await typeOf(parts, name);
      const newest = contract?.version ?? 0;
      const unchanged = contract !== undefined && isUnchanged(contract, wanted);
      const refuses = contract === undefined ? [] : narrowings(contract.schema, wanted.schema);
      return success({ name, version: unchanged ? newest : newest + 1, unchanged, refuses });
    },
    republish: async ({ name, id, params }, caller) => {
      const signal = signalEntity(outside.randomness.ulid(node.now()));
      const given = params === undefined ? {} : { params };
      const args: Json = params?.map((entry) => [entry.name, entry.value]) ?? null;
      const body = { type: 'Republish', name, refused: id, signal, ...given } as const;
      const asked = await ask(node.partitionOf(name), body, caller, { target: `${name} ${id}`, args });
      if (!asked.ok) return asked;
      const published = asked.outcome.type === 'Published' ? asked.outcome.signals[0] : undefined;
      if (published === undefined) throw new Error(`publishing again came to ${asked.outcome.type}`);
      const read = await reader.entity('signal', published, node.partitionOf(name));
      if (read === undefined) throw new Error(`${published} was published and is not there`);
      return { ok: true, value: read.state, cursor: [asked.place], replayed: asked.replayed };
    },
    dismiss: async ({ name, id }, caller) => {
      const body = { type: 'Dismiss', name, refused: id } as const;
      const asked = await ask(node.partitionOf(name), body, caller, { target: `${name} ${id}`, args: null });
      if (!asked.ok) return asked;
      return { ok: true, value: await typeOf(parts, name), cursor: [asked.place], replayed: asked.replayed };
    },
    publishingSteps: async (name) =>
      (await activeDefinitions(parts, mostWorkflows)).flatMap(({ definition }) =>
        stepLists(definition)
          .flatMap(({ steps }) => steps)
          .flatMap(({ id, work }) => {
            if (work.kind !== 'publish' || work.signal !== name) return [];
            return [{ workflowId: definition.id, stepId: id, params: work.params.map((param) => param.name) }];
          }),
      ),
    waitingSteps: (name) => readWaitingSteps(parts, name),
    refusedPublications: async (name) =>
      (await reader.entity('signalQuarantine', signalQuarantineEntity(name), node.partitionOf(name)))?.state,
  };
}

/** Keeps a publication that was refused for its contract's sake, so that nothing is lost where nobody reads the answer. */
export async function keepIfBroken(
  { node, ask }: Pick<ContractParts, 'node' | 'ask'>,
  { name, signals }: { readonly name: string; readonly signals: readonly NewSignal[] },
  { refusals, caller }: { readonly refusals: readonly Refusal[]; readonly caller: Caller },
): Promise<void> {
  if (!refusals.some(({ code }) => code === 'CONTRACT_BROKEN')) return;
  // Without the key: a refusal is not remembered, and the same key may bring what fits.
  await ask(
    node.partitionOf(name),
    { type: 'KeepRefused', name, signals },
    { actor: caller.actor },
    { target: name, args: null },
  );
}

async function typeOf({ node, reader }: ContractParts, name: string): Promise<SignalTypeState> {
  const read = await reader.entity('signalType', signalTypeEntity(name), node.partitionOf(name));
  return read?.state ?? { kind: 'signalType', name, sequence: 0, interest: [] };
}
