// A client as a careful person writes one: gives every wish a key, and repeats it under that key until it is answered,
// following the server that makes changes. What it was told is kept: it must be there ever after.

/** What a server said to one operation. */
export interface GraphqlAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: {
      readonly code?: string;
      readonly retryable?: boolean;
      readonly ownerAddress?: string;
      readonly retryAfterMs?: number;
    };
  }[];
}

/** Asks once; fails if the server gives no answer. */
export async function askOnce<T>(
  url: string,
  query: string,
  variables: object = {},
  patience = 20_000,
): Promise<GraphqlAnswer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(patience),
  });
  return (await response.json()) as GraphqlAnswer<T>;
}

/** A client that does not give up. */
export interface PatientClient {
  /** Asks until there is an answer; refusals and errors that are not worth another try fail. */
  ask<T>(query: string, variables?: object): Promise<T>;
  /** Starts a run under a key and answers its id. */
  startRun(workflowId: string, key: string): Promise<string>;
  /** Publishes a signal under a key and answers its id. */
  publish(name: string, params: object, key: string): Promise<string>;
  apply(source: string): Promise<void>;
  /** Ids of everything that was acknowledged. */
  readonly acknowledged: readonly string[];
  /** Codes of the errors that were met on the way. */
  readonly codes: ReadonlySet<string>;
}

const noAnswer: GraphqlAnswer<never> = {
  errors: [{ message: 'The server gave no answer.', extensions: { code: 'NO_ANSWER', retryable: true } }],
};

interface Payload {
  readonly errors: readonly { readonly message: string }[];
}

/** How long a client waits in all, and for the answer to one try. */
export interface Patience {
  readonly inAll?: number;
  readonly oneTry?: number;
}

/** Creates a client. `url` says at each try where a server is now; '' while there is none. */
export function createPatientClient(
  url: () => string,
  { inAll = 60_000, oneTry = 20_000 }: Patience = {},
): PatientClient {
  const acknowledged: string[] = [];
  const codes = new Set<string>();

  async function ask<T>(query: string, variables?: object): Promise<T> {
    const deadline = performance.now() + inAll;
    for (let address = url(); ;) {
      const answer = await askOnce<T>(address, query, variables, oneTry).catch(() => noAnswer);
      if (answer.errors === undefined && answer.data) return answer.data;
      const { code = 'UNKNOWN', retryable = false, ownerAddress } = answer.errors?.[0]?.extensions ?? {};
      codes.add(code);
      if (!retryable) throw new Error(`not worth another try: ${JSON.stringify(answer)}`);
      if (performance.now() > deadline) throw new Error(`no answer in time, last: ${JSON.stringify(answer)}`);
      await pause(100);
      address = ownerAddress ?? url();
    }
  }

  async function change<P extends Payload>(name: string, query: string, input: object): Promise<P> {
    const payload = (await ask<Readonly<Record<string, P>>>(query, { input }))[name];
    if (payload === undefined) throw new Error(`${name} has no payload`);
    if (payload.errors.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(payload.errors)}`);
    return payload;
  }

  return {
    ask,
    acknowledged,
    codes,
    apply: async (source) => {
      await change(
        'applyWorkflow',
        'mutation($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) { errors { message } } }',
        { source },
      );
    },
    startRun: async (workflowId, key) => {
      const { run } = await change<Payload & { readonly run: { readonly id: string } }>(
        'startRun',
        'mutation($input: StartRunInput!) { startRun(input: $input) { run { id } errors { message } } }',
        { workflowId, idempotencyKey: key },
      );
      acknowledged.push(run.id);
      return run.id;
    },
    publish: async (name, params, key) => {
      const { signal } = await change<Payload & { readonly signal: { readonly id: string } }>(
        'publishSignal',
        'mutation($input: PublishSignalInput!) { publishSignal(input: $input) { signal { id } errors { message } } }',
        { name, params, idempotencyKey: key },
      );
      acknowledged.push(signal.id);
      return signal.id;
    },
  };
}

/** Waits; only between two tries of something that has a deadline. */
export function pause(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

/** Checks until nothing is wrong or the time is over, and answers what is wrong then. Checks are dear: two a second. */
export async function wrongAtRest(
  check: () => Promise<readonly string[]>,
  deadline = 40_000,
): Promise<readonly string[]> {
  const end = performance.now() + deadline;
  for (;;) {
    const wrong = await check();
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await pause(500);
  }
}

/** Tries until the condition holds; fails at the deadline with what was last seen. */
export async function until<T>(
  read: () => Promise<T> | T,
  holds: (value: T) => boolean,
  deadline = 30_000,
): Promise<T> {
  const end = performance.now() + deadline;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > end)
      throw new Error(`it did not come to that in time; last seen: ${JSON.stringify(value)}`);
    await pause(50);
  }
}
