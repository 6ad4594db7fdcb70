// The GraphQL documents about triggers that the command line sends, with the shapes of their answers.

import { type Operation, type Payload } from './operations.ts';

/** A trigger that was reset. */
export interface ResetView extends Payload {
  readonly trigger: {
    readonly id: string;
    readonly text: string;
    readonly counts: { readonly pending: number; readonly expired: number } | null;
  } | null;
}

/** Drops what waits for a trigger on several signals. */
export const RESET_TRIGGER: Operation<
  { readonly resetTrigger: ResetView },
  { readonly input: Readonly<Record<string, unknown>> }
> = {
  text: `mutation ResetTrigger($input: ResetTriggerInput!) { resetTrigger(input: $input) { trigger { id text counts { pending expired } } errors { code message hint path docs } } }`,
};

/** Whether the signals of the first hundred workflows are accounted for. */
export const SIGNAL_COUNTS: Operation<
  {
    readonly workflows: {
      readonly nodes: readonly {
        readonly triggers: readonly {
          readonly id: string;
          readonly counts: { readonly pending: number; readonly balanced: boolean } | null;
        }[];
      }[];
    };
  },
  Readonly<Record<string, never>>
> = {
  text: '{ workflows(first: 100) { nodes { triggers { id counts { pending balanced } } } } }',
};
