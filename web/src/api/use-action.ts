// A mutation behind a button: whether it is under way, and what the server said no to.

import { useState } from 'react';
import { type Answer } from './ask.ts';
import { type UserError } from './shapes.ts';

/** What the server said no to. */
export type Problem = Pick<UserError, 'code' | 'message' | 'hint'>;

/** A mutation and how it stands. */
export interface Action {
  readonly isBusy: boolean;
  readonly problems: readonly Problem[];
  readonly act: (call: () => Promise<readonly Problem[]>) => void;
}

/** Calls a mutation at a time. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const act = (call: () => Promise<readonly Problem[]>): void => {
    setBusy(true);
    void call().then((said) => {
      setProblems(said);
      setBusy(false);
    });
  };
  return { isBusy, problems, act };
}

/** The problems of an answer: what the payload says, or why there was no answer. */
export function problemsOf<Data>(
  answer: Answer<Data>,
  errorsIn: (data: Data) => readonly Problem[],
): readonly Problem[] {
  if ('data' in answer) return errorsIn(answer.data);
  return [
    { code: answer.fault.code, message: answer.fault.message, hint: 'Nothing was changed, as far as this page knows.' },
  ];
}
