// What can be asked of a signal name: to publish, to promise, and what to do with what did not fit.

import { signalQuarantineEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, success } from '../../result.ts';
import { type CommandBody, type Outcome } from '../command.ts';
import { type ContractCommand } from './contract-command.ts';
import { applySignalType, dismiss, keepRefused, publishFitting, republish } from './contracts.ts';
import { type Turn } from '../turn.ts';

/** Takes a command that is aimed at a signal name. */
export function takeSignalCommand(
  turn: Turn,
  body: Extract<CommandBody, { type: 'PublishSignals' }> | ContractCommand,
  actor: string,
): Result<Outcome, readonly Refusal[]> {
  switch (body.type) {
    case 'PublishSignals': {
      const published = publishFitting(turn, body.name, body.signals, actor);
      return published.ok ? success({ type: 'Published', signals: published.value }) : published;
    }
    case 'ApplySignalType':
      return applySignalType(turn, body, actor);
    case 'KeepRefused':
      keepRefused(turn, body.name, body.signals, actor);
      return success({ type: 'Done', entity: signalQuarantineEntity(body.name) });
    case 'Republish': {
      const published = republish(turn, body, actor);
      return published.ok ? success({ type: 'Published', signals: published.value }) : published;
    }
    case 'Dismiss': {
      const dismissed = dismiss(turn, body.name, body.refused, actor);
      return dismissed.ok ? success({ type: 'Done', entity: dismissed.value }) : dismissed;
    }
  }
}
