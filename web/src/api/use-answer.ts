// The answer to a query for as long as a component is on the screen. It is asked again when its variables change, on
// request, and by itself when the connection was lost and is back. While it is asked again the last answer stays.

import { useCallback, useEffect, useRef, useState } from 'react';
import { connection, onConnection } from '../live/connection.ts';
import { ask } from './ask.ts';
import { type Fault, isPassing } from './fault.ts';
import { type Operation } from './operation.ts';

const RETRY_AFTER_MS = 2_000;

/** The newest answer, or why there is none, or neither yet. */
export interface AnswerState<Data> {
  readonly data: Data | undefined;
  readonly fault: Fault | undefined;
  readonly isAsking: boolean;
  readonly askAgain: () => void;
}

interface Kept<Data> {
  readonly key: string;
  readonly data: Data | undefined;
  readonly fault: Fault | undefined;
  readonly round: number;
}

/** Asks while `variables` are given; an answer to other variables is never shown. */
export function useAnswer<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
): AnswerState<Data> {
  const key = variables === undefined ? '' : JSON.stringify(variables);
  const [kept, setKept] = useState<Kept<Data> | undefined>(undefined);
  const [round, setRound] = useState(0);
  const latest = useRef(variables);
  useEffect(() => {
    latest.current = variables;
  });
  const askAgain = useCallback(() => {
    setRound((before) => before + 1);
  }, []);

  useEffect(() => {
    const asked = latest.current;
    if (key === '' || asked === undefined) return undefined;
    let isWanted = true;
    void ask(operation, asked).then((answer) => {
      if (!isWanted) return;
      setKept((before) => {
        const last = before?.key === key ? before.data : undefined;
        return 'data' in answer
          ? { key, data: answer.data, fault: undefined, round }
          : { key, data: last, fault: answer.fault, round };
      });
    });
    return () => {
      isWanted = false;
    };
  }, [operation, key, round]);

  const current = kept?.key === key ? kept : undefined;
  const isWaiting = current?.fault !== undefined && isPassing(current.fault);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(askAgain, RETRY_AFTER_MS);
    const forget = onConnection(() => {
      if (!connection().isLost) askAgain();
    });
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [isWaiting, round, kept, askAgain]);

  return { data: current?.data, fault: current?.fault, isAsking: key !== '' && current?.round !== round, askAgain };
}
