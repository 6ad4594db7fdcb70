// Sends one request and reads its answer, up to a limit. The connection goes to the very address that was judged, and is closed
// with the answer: nothing is left open behind it.

import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type ConnectionFault, type HostPlace } from './allowed-hosts.ts';

/** A request, with nothing left to fill in. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** By lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** What bounds a request. */
export interface SendBounds {
  readonly fault: ConnectionFault;
  readonly answerBytes: number;
  readonly signal: AbortSignal;
}

/** The connection may not be made; nothing was sent. */
export class DeniedError extends Error {
  readonly place: HostPlace;

  constructor(place: HostPlace, why: string) {
    super(why);
    this.name = 'DeniedError';
    this.place = place;
  }
}

/** The answer is larger than is read. */
export class AnswerTooLargeError extends Error {}

/** Sends a request; rejects if there is no answer, and with the signal's reason if that says so. */
export async function send(outgoing: Outgoing, bounds: SendBounds): Promise<Answer> {
  const place = placeOf(outgoing.url);
  const literal = isIP(place.host) === 0 ? undefined : bounds.fault(place, place.host);
  if (literal !== undefined) throw new DeniedError(place, literal);
  const response = await open(outgoing, judgingLookup(place, bounds.fault), bounds.signal);
  try {
    return {
      status: response.statusCode ?? 0,
      reason: response.statusMessage ?? '',
      headers: headersOf(response),
      body: await bodyOf(response, bounds.answerBytes),
    };
  } finally {
    response.destroy();
  }
}

/** The host and the port that an address leads to. */
export function placeOf({ protocol, hostname, port }: URL): HostPlace {
  return {
    host: hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}

function open(
  { method, url, headers, body }: Outgoing,
  judged: LookupFunction,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { ...Object.fromEntries(headers), ...length },
    lookup: judged,
    // Connections that are kept and used again would be judged once only.
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = start(url, options, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Looks a name up, and passes on only the addresses that may be reached. */
function judgingLookup(place: HostPlace, fault: ConnectionFault): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const reached = addresses.filter(({ address }) => fault(place, address) === undefined);
      const [one] = reached;
      if (one === undefined)
        callback(new DeniedError(place, fault(place, addresses[0]?.address ?? '') ?? `${hostname} has no address`), []);
      else if (options.all === true) callback(null, reached);
      else callback(null, one.address, one.family);
    });
  };
}

function headersOf(response: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

async function bodyOf(response: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > most) throw new AnswerTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
