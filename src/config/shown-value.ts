// Settings as a person may see them: of an address only where it leads, of a token nothing, of hooks their ids alone.

import { type Hook } from '../core/hook.ts';
import { type SettingKey } from './settings.ts';

const DAY = 86_400_000;
const ADDRESSES: ReadonlySet<SettingKey> = new Set(['mongodbUri', 'redisUrl', 'url']);

/** The value as a person may see it: of an address only where it leads, of a token nothing. */
export function shownValue(key: SettingKey, value: unknown): string {
  const hidden = hiddenValue(key, value);
  if (hidden !== undefined) return hidden;
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number')
    return key === 'retention' ? `${(value / DAY).toFixed(2).replace(/\.?0+$/u, '')}d` : String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (ADDRESSES.has(key)) return withoutCredentials(text);
  return typeof value === 'string' && text === '' ? '""' : text;
}

/** What stands for a value of which not everything may be seen: of hooks their ids alone. */
function hiddenValue(key: SettingKey, value: unknown): string | undefined {
  if (key === 'token') return '•••';
  if (key !== 'hooks') return undefined;
  return Array.isArray(value) ? (value as readonly Hook[]).map(({ id }) => id).join(', ') || '(none)' : 'given';
}

/** Everything up to the last @ may belong to a password, and what follows a ? may hold one. */
function withoutCredentials(address: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu.exec(address)?.[0];
  if (scheme === undefined) return '(hidden, since it is not an address)';
  const rest = address.slice(scheme.length);
  const place = rest.slice(rest.lastIndexOf('@') + 1).replace(/[?#].*$/u, '');
  return `${scheme}${rest.includes('@') ? '•••@' : ''}${place}`;
}
