// Whether a delivery is from whom it says: one check for each scheme, over the bytes as they came, in constant time.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HookScheme } from '../../core/hook.ts';

/** The headers of a request. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What was delivered. */
export interface Delivered {
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What a check comes to: what the signature vouches for, or what is wrong. */
export type Checked =
  | { readonly ok: true; /** The time that was signed, in seconds. */ readonly signedAt?: number }
  | { readonly ok: false; readonly fault: 'MISSING' | 'MALFORMED' | 'WRONG'; readonly header: string };

/** Checks a delivery against the values of secrets: any of them may have signed it. */
export function checkSignature(scheme: HookScheme, delivered: Delivered, secrets: readonly string[]): Checked {
  switch (scheme) {
    case 'github':
      return checkBody(delivered, secrets);
    case 'stripe':
      return checkTimed(delivered, secrets);
    case 'standard':
      return checkStandard(delivered, secrets);
  }
}

/** One header's text; a header that came twice proves nothing. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function checkBody({ headers, body }: Delivered, secrets: readonly string[]): Checked {
  const header = 'x-hub-signature-256';
  const text = headerOf(headers, header);
  if (text === undefined) return { ok: false, fault: 'MISSING', header };
  const hex = /^sha256=([0-9a-f]{64})$/iu.exec(text)?.[1];
  if (hex === undefined) return { ok: false, fault: 'MALFORMED', header };
  const given = Buffer.from(hex, 'hex');
  const isRight = someOf(secrets, (secret) => isSame(given, hmac(secret, body)));
  return isRight ? { ok: true } : { ok: false, fault: 'WRONG', header };
}

function checkTimed({ headers, body }: Delivered, secrets: readonly string[]): Checked {
  const header = 'stripe-signature';
  const text = headerOf(headers, header);
  if (text === undefined) return { ok: false, fault: 'MISSING', header };
  const parts = text.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([name]) => name === 't')?.[1];
  const given = parts.flatMap(([name, hex = '']) =>
    name === 'v1' && /^[0-9a-f]{64}$/iu.test(hex) ? [Buffer.from(hex, 'hex')] : [],
  );
  if (!isTime(time) || given.length === 0) return { ok: false, fault: 'MALFORMED', header };
  const signed = Buffer.concat([Buffer.from(`${time}.`), body]);
  const isRight = someOf(secrets, (secret) => {
    const wanted = hmac(secret, signed);
    return someOf(given, (one) => isSame(one, wanted));
  });
  return isRight ? { ok: true, signedAt: Number(time) } : { ok: false, fault: 'WRONG', header };
}

function checkStandard({ headers, body }: Delivered, secrets: readonly string[]): Checked {
  const header = 'webhook-signature';
  const [id, time, text] = ['webhook-id', 'webhook-timestamp', header].map((name) => headerOf(headers, name));
  const missing = id === undefined ? 'webhook-id' : time === undefined ? 'webhook-timestamp' : header;
  if (id === undefined || time === undefined || text === undefined)
    return { ok: false, fault: 'MISSING', header: missing };
  const given = text.split(' ').flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  if (!isTime(time) || given.length === 0) return { ok: false, fault: 'MALFORMED', header };
  const signed = Buffer.concat([Buffer.from(`${id}.${time}.`), body]);
  const isRight = someOf(secrets, (secret) => {
    const wanted = hmac(standardKey(secret), signed);
    return someOf(given, (one) => isSame(one, wanted));
  });
  return isRight ? { ok: true, signedAt: Number(time) } : { ok: false, fault: 'WRONG', header };
}

/** Standard Webhooks write a key as `whsec_` and base64; anything else is the key itself. */
function standardKey(secret: string): string | Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
}

function hmac(secret: string | Buffer, signed: Buffer): Buffer {
  return createHmac('sha256', secret).update(signed).digest();
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Like `some`, but looks at all of them: which one fits is nobody's business. */
function someOf<T>(values: readonly T[], fits: (value: T) => boolean): boolean {
  return values.map(fits).includes(true);
}

function isTime(text: string | undefined): text is string {
  return text !== undefined && /^[0-9]{1,12}$/u.test(text);
}
