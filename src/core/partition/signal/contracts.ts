// Contracts of signals: which publications fit, what becomes of those that do not, and how a contract may change.

import { paramFaults, type ContractFault } from '../../definition/contract/faults.ts';
import { narrowings } from '../../definition/contract/narrowing.ts';
import { type EntityId, nameOf, signalQuarantineEntity, signalTypeEntity } from '../../ids.ts';
import { type Entry, type Json } from '../../json.ts';
import { sameJson } from '../../params/same-json.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type SignalContract } from '../../signal/contract.ts';
import { mostRefused, type RefusedPublication } from '../../signal/refused.ts';
import { type ContractCommand, type ContractOutcome } from './contract-command.ts';
import { type NewSignal } from '../message.ts';
import { publishSignals } from './publish-signals.ts';
import { type Turn } from '../turn.ts';

/** Publishes signals of one name, if all of them fit its contract. */
export function publishFitting(
  turn: Turn,
  name: string,
  signals: readonly NewSignal[],
  by: string,
): Result<readonly EntityId[], readonly Refusal[]> {
  const contract = contractOf(turn, name);
  const refusals = signals.flatMap((signal, index) => {
    const path = signals.length === 1 ? ['params'] : ['signals', String(index), 'params'];
    return faultsOf(contract, signal).map((fault) => refusalOf(name, fault, path));
  });
  return refusals.length > 0 ? failed(refusals) : success(publishSignals(turn, name, signals, by));
}

/** Publishes those that fit and keeps the others: where nobody waits for an answer. */
export function publishOrKeep(turn: Turn, name: string, signals: readonly NewSignal[], by: string): void {
  const contract = contractOf(turn, name);
  const fitting = signals.filter((signal) => faultsOf(contract, signal).length === 0);
  publishSignals(turn, name, fitting, by);
  keepRefused(turn, name, signals, by);
}

/** Keeps those that the contract refuses; the same from the same publisher only once, with a count. */
export function keepRefused(turn: Turn, name: string, signals: readonly NewSignal[], by: string): void {
  const contract = contractOf(turn, name);
  if (contract === undefined) return;
  const { version } = contract;
  const entity = signalQuarantineEntity(name);
  for (const signal of signals) {
    const faults = faultsOf(contract, signal);
    if (faults.length === 0) continue;
    const { refused = [] } = turn.read('signalQuarantine', entity) ?? {};
    const same = refused.find((one) => one.by === by && isSame(one, signal));
    if (same !== undefined) {
      turn.emit(entity, { type: 'PublicationRefusedAgain', name, id: same.id, version, faults });
      continue;
    }
    const { params, payload, occurredAt } = signal;
    const content = {
      params,
      ...(payload === undefined ? {} : { payload }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    };
    const size = JSON.stringify(content).length;
    const publication = { id: nameOf(signal.id), ...content, by, version, faults, size };
    turn.emit(entity, { type: 'PublicationRefused', name, publication, dropped: roomFor(refused, size) });
  }
}

/** Takes an `ApplySignalType` command. The same contract is the same version. */
export function applySignalType(
  turn: Turn,
  command: Extract<ContractCommand, { type: 'ApplySignalType' }>,
  by: string,
): Result<ContractOutcome, readonly Refusal[]> {
  const { type: _, force, expectedVersion, ...wanted } = command;
  const { name, schema } = wanted;
  const before = contractOf(turn, name);
  const newest = before?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== newest)
    return failed([conflict(name, expectedVersion, newest)]);
  if (before !== undefined && isUnchanged(before, wanted))
    return success({ type: 'ContractApplied', name, version: newest, changed: false });
  const lost = before === undefined || force ? [] : narrowings(before.schema, schema);
  if (lost.length > 0) return failed(lost.map((message) => narrowed(name, message)));
  const version = newest + 1;
  turn.emit(signalTypeEntity(name), { type: 'ContractApplied', ...wanted, version, by });
  return success({ type: 'ContractApplied', name, version, changed: true });
}

/** Takes a `Republish` command: with the parameters that it had, or with others. */
export function republish(
  turn: Turn,
  { name, refused: id, signal, params }: Extract<ContractCommand, { type: 'Republish' }>,
  actor: string,
): Result<readonly EntityId[], readonly Refusal[]> {
  const entity = signalQuarantineEntity(name);
  const refused = turn.read('signalQuarantine', entity)?.refused.find((one) => one.id === id);
  if (refused === undefined) return failed([unknownRefused(name, id)]);
  const again: NewSignal = {
    id: signal,
    params: params ?? refused.params,
    occurredAt: refused.occurredAt ?? refused.firstAt,
    ...(refused.payload === undefined ? {} : { payload: refused.payload }),
  };
  const published = publishFitting(turn, name, [again], refused.by);
  if (published.ok) turn.emit(entity, { type: 'PublicationRepublished', name, id, by: actor });
  return published;
}

/** Takes a `Dismiss` command. */
export function dismiss(turn: Turn, name: string, id: string, actor: string): Result<EntityId, readonly Refusal[]> {
  const entity = signalQuarantineEntity(name);
  const isThere = turn.read('signalQuarantine', entity)?.refused.some((one) => one.id === id) === true;
  if (!isThere) return failed([unknownRefused(name, id)]);
  turn.emit(entity, { type: 'PublicationDismissed', name, id, by: actor });
  return success(entity);
}

function contractOf(turn: Turn, name: string): SignalContract | undefined {
  return turn.read('signalType', signalTypeEntity(name))?.contract;
}

function faultsOf(contract: SignalContract | undefined, { params }: NewSignal): readonly ContractFault[] {
  return contract === undefined ? [] : paramFaults(contract.schema, params);
}

function isSame(one: RefusedPublication, { params, payload }: NewSignal): boolean {
  return sameJson(entriesJson(one.params), entriesJson(params)) && sameJson(one.payload ?? null, payload ?? null);
}

function entriesJson(entries: readonly Entry[]): Json {
  return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
}

/** The oldest ones that have to go, so that there is room for one of that size. */
function roomFor(refused: readonly RefusedPublication[], size: number): readonly string[] {
  const { publications, characters } = mostRefused;
  let left = refused.length;
  let taken = refused.reduce((sum, one) => sum + one.size, 0);
  return refused
    .filter((one) => {
      if (left < publications && taken + size <= characters) return false;
      left -= 1;
      taken -= one.size;
      return true;
    })
    .map(({ id }) => id);
}

/** Whether a contract is the one that holds. */
export function isUnchanged(
  before: SignalContract,
  { schema, description, owner }: Pick<SignalContract, 'schema' | 'description' | 'owner'>,
): boolean {
  return sameJson(before.schema, schema) && before.description === description && before.owner === owner;
}

function refusalOf(name: string, { path, message, hint }: ContractFault, owner: readonly string[]): Refusal {
  return {
    code: 'CONTRACT_BROKEN',
    message: `A signal "${name}" does not fit its contract: ${message}`,
    path: [...owner, ...path],
    hint:
      hint ??
      `See what is expected under \`contract\` of signalType(name: "${name}"). What was refused is kept there, too.`,
  };
}

function narrowed(name: string, message: string): Refusal {
  return {
    code: 'CONTRACT_NARROWED',
    message: `The new contract of "${name}" takes less than the one before: ${message}`,
    path: ['params'],
    hint: 'Let publishers change first, or give the signal a new name. Or apply with force, if nobody publishes that any more.',
  };
}

function conflict(name: string, expected: number, newest: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    message:
      newest === 0
        ? `"${name}" has no contract yet, so its newest version is not ${String(expected)}.`
        : `The newest version of the contract of "${name}" is ${String(newest)}, not ${String(expected)}.`,
    path: ['expectedVersion'],
    hint: 'Look at what changed, then apply again with the current version as `expectedVersion`.',
    currentVersion: newest,
  };
}

function unknownRefused(name: string, id: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `No refused publication "${id.slice(0, 60)}" of the signal "${name}" is kept.`,
    path: ['id'],
    hint: 'It may have been published or dismissed already, or made room for newer ones.',
  };
}
