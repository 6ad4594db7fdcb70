// Where requests may go. A name is judged together with the very address that the connection is then made to: what it means a
// moment later makes no difference.

import { isIP } from 'node:net';
import { isRange, PUBLIC_HOSTS, NO_HOSTS } from '../../core/http-hosts.ts';
import { addressKind, blockList, withoutWrapping } from './address-kind.ts';

/** A host as an address of the web names it. */
export interface HostPlace {
  /** Without brackets, in lower case. */
  readonly host: string;
  readonly port: number;
}

/** Why a connection to this address may not be made for this host; undefined if it may. */
export type ConnectionFault = (place: HostPlace, address: string) => string | undefined;

interface Rule {
  /** `example.org`, or `.example.org` for all names below it. */
  readonly host: string;
  readonly port: number | undefined;
}

/** Makes the rule that the words of the setting stand for. */
export function createAllowedHosts(words: readonly string[]): ConnectionFault {
  const isPublicAllowed = words.includes(PUBLIC_HOSTS);
  const ranges = blockList(words.filter(isRange));
  const rules = words.filter((word) => word !== PUBLIC_HOSTS && word !== NO_HOSTS && !isRange(word)).map(ruleOf);
  const isNamed = ({ host, port }: HostPlace): boolean =>
    rules.some((rule) => matches(rule, host) && (rule.port === undefined || rule.port === port));
  return (place, address) => {
    const plain = withoutWrapping(address);
    if (ranges.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')) return undefined;
    const kind = addressKind(address);
    // Whoever names an address means it; a name might lead to the metadata of a cloud without anybody's wish.
    if (isNamed(place) && (kind?.isMetadata !== true || isIP(place.host) !== 0)) return undefined;
    if (kind !== undefined) return `${plain} is ${kind.what}`;
    return isPublicAllowed ? undefined : `${place.host} is not among the hosts that may be reached`;
  };
}

function ruleOf(word: string): Rule {
  const [, host = '', port] = /^\[?(.+?)\]?(?::(\d+))?$/u.exec(word) ?? [];
  return { host: host.replace(/^\*/u, ''), port: port === undefined ? undefined : Number(port) };
}

function matches({ host }: Rule, name: string): boolean {
  return host.startsWith('.') ? name.endsWith(host) : name === host;
}
