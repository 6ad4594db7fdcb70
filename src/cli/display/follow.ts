// A subscription that outlives its connections: after each loss it goes on behind the last cursor, without a gap or a repeat.
// F1 Items come in the server's order. F2 What was handed out once is never handed out again, unless the cursor has expired and
// a SNAPSHOT takes its place. F3 It ends when the server says so, when the last item has come, or when nobody wants it any more.

import { noServer } from '../cli-error.ts';
import { type Endpoint } from '../server/endpoint.ts';
import { openStream } from './live-stream.ts';
import { type Operation } from '../operations/operations.ts';
import { type Pace, pause } from './pace.ts';
import { errorOfFault, ownerUrl, type ServerFault } from '../server/server-fault.ts';

/** What to follow. */
export interface Following<Data, Variables extends object, Item> {
  readonly operation: Operation<Data, Variables>;
  readonly variables: Variables;
  /** The item within an answer. */
  readonly itemOf: (data: Data) => Item;
  /** Whether nothing can come behind this item. Where it is given, a stream that ends without such an item is taken for broken. */
  readonly isLast?: (item: Item) => boolean;
}

/** How to follow. */
export interface FollowOptions {
  readonly endpoint: Endpoint;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Told once a loss, and once when the server is there again. */
  readonly onConnection: (event: 'lost' | 'resumed') => void;
}

interface Place {
  endpoint: Endpoint;
  after: string | undefined;
  failures: number;
  /** When the first of the failures was; undefined while all is well. */
  lostSince: number | undefined;
}

type StreamEnd = 'finished' | 'again' | 'lost';

/** Hands out the items; HEARTBEAT and LAGGED are kept back. */
export async function* follow<
  Data,
  Variables extends object,
  Item extends { readonly cursor: string; readonly kind?: string },
>(following: Following<Data, Variables, Item>, options: FollowOptions): AsyncGenerator<Item, void, undefined> {
  const place: Place = { endpoint: options.endpoint, after: undefined, failures: 0, lostSince: undefined };
  while (!options.signal.aborted) {
    const end = yield* followOnce(following, options, place);
    if (end === 'finished') return;
    if (end === 'lost') await waitForServer(options, place);
  }
}

async function* followOnce<
  Data,
  Variables extends object,
  Item extends { readonly cursor: string; readonly kind?: string },
>(
  following: Following<Data, Variables, Item>,
  options: FollowOptions,
  place: Place,
): AsyncGenerator<Item, StreamEnd, undefined> {
  const variables = { ...following.variables, ...(place.after === undefined ? {} : { after: place.after }) };
  for await (const word of openStream(place.endpoint, { query: following.operation.text, variables }, options.signal)) {
    switch (word.kind) {
      case 'data': {
        const item = following.itemOf(word.data as Data);
        place.after = item.cursor;
        markAlive(options, place);
        if (item.kind === 'LAGGED') return 'again';
        if (item.kind !== 'HEARTBEAT') yield item;
        if (following.isLast?.(item) === true) return 'finished';
        break;
      }
      case 'complete':
        return following.isLast === undefined || options.signal.aborted ? 'finished' : 'lost';
      case 'fault':
        return afterFault(word.fault, place);
      case 'lost':
        return 'lost';
    }
  }
  return options.signal.aborted ? 'finished' : 'lost';
}

function markAlive(options: FollowOptions, place: Place): void {
  if (place.lostSince !== undefined) options.onConnection('resumed');
  place.lostSince = undefined;
  place.failures = 0;
}

function afterFault(fault: ServerFault, place: Place): StreamEnd {
  if (fault.code === 'CURSOR_EXPIRED' && place.after !== undefined) {
    place.after = undefined;
    return 'again';
  }
  const owner = ownerUrl(fault, place.endpoint.url);
  if (owner !== undefined) place.endpoint = { ...place.endpoint, url: owner };
  if (fault.retryable || fault.code === 'NOT_OWNER') return 'lost';
  throw errorOfFault(fault);
}

async function waitForServer(options: FollowOptions, place: Place): Promise<void> {
  const now = performance.now();
  if (place.lostSince === undefined) {
    place.lostSince = now;
    options.onConnection('lost');
  } else if (now - place.lostSince > options.pace.reconnectFor) {
    throw noServer(place.endpoint.url, 'the connection broke, and could not be made again');
  }
  await pause(options.pace, place.failures, options.signal);
  place.failures++;
  if (place.failures > 2) place.endpoint = options.endpoint;
}
