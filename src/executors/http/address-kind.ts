// What kind of place an IP address is: out in the world, or one that only this machine or its network can reach.

import { BlockList, isIP, isIPv6 } from 'node:net';

/** Kinds of address that are not public, with what they are called in messages. */
const KINDS: readonly (readonly [what: string, ranges: readonly string[]])[] = [
  ['a loopback address, which is this machine itself', ['127.0.0.0/8', '::1/128']],
  ['an unspecified address, which is this machine itself', ['0.0.0.0/8', '::/128']],
  ['a link-local address, where clouds keep their metadata', ['169.254.0.0/16', 'fe80::/10']],
  ['an address of cloud metadata', ['100.100.100.200/32', '192.0.0.192/32', 'fd00:ec2::/32']],
  [
    'a private address',
    ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7', 'fec0::/10'],
  ],
  ['a multicast address', ['224.0.0.0/4', 'ff00::/8']],
  [
    'a reserved address',
    ['192.0.0.0/24', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '240.0.0.0/4', '100::/64', '2001:db8::/32'],
  ],
];

const LISTS = KINDS.map(([what, ranges]) => ({
  what,
  isMetadata: what.includes('metadata'),
  list: blockList(ranges),
}));

/** A kind of address that is not public. */
export interface AddressKind {
  /** What it is called in messages. */
  readonly what: string;
  /** Whether clouds hand out credentials there. */
  readonly isMetadata: boolean;
}

/** What an address is if it is not public; undefined if it is, and for what is no address at all. */
export function addressKind(address: string): AddressKind | undefined {
  if (isIP(address) === 0) return undefined;
  const plain = withoutWrapping(address);
  return LISTS.find(({ list }) => list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4'));
}

/** A list of addresses and ranges such as `10.0.0.0/8`. */
export function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** IPv4 inside IPv6 – mapped, compatible, or by the prefixes of NAT64 and 6to4 – is the IPv4 address that is reached in the end. */
export function withoutWrapping(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const isLow = groups.slice(0, 5).every((group) => group === 0);
  const isMapped = isLow && groups[5] === 0xffff;
  // `::` and `::1` are addresses of IPv6 itself.
  const isCompatible = isLow && groups[5] === 0 && (groups[6] !== 0 || (groups[7] ?? 0) > 1);
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b;
  if (isMapped || isCompatible || isNat64) return dotted(groups[6], groups[7]);
  return groups[0] === 0x2002 ? dotted(groups[1], groups[2]) : address;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.replace(/%.*$/u, '').split('::');
  const before = numbersOf(head);
  const after = tail === undefined ? [] : numbersOf(tail);
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<number>(gap).fill(0), ...after];
}

function numbersOf(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
