// The words that say where requests of `http` steps may go: `public`, `none`, hosts and ranges of addresses.

/** The word for every host that has a public address. */
export const PUBLIC_HOSTS = 'public';
/** The word for no host at all. */
export const NO_HOSTS = 'none';

/** Why a word means nothing, as a person would be told; undefined if it means something. */
export function hostWordFault(word: string): string | undefined {
  if (word === PUBLIC_HOSTS || word === NO_HOSTS) return undefined;
  if (word.includes('/')) return isRange(word) ? undefined : `"${word}" is no range of addresses such as 10.0.0.0/8`;
  return HOST.test(word) || BRACKETED.test(word)
    ? undefined
    : `"${word}" is no host such as api.example.org, *.example.org, localhost:8080 or [::1]:8080`;
}

/** Whether a word is a range of addresses. */
export function isRange(word: string): boolean {
  const [, four, six, bits] = /^(?:(\d{1,3}(?:\.\d{1,3}){3})|([0-9a-f.]*:[0-9a-f:.]*))\/(\d{1,3})$/u.exec(word) ?? [];
  if (four !== undefined) return Number(bits) <= 32 && four.split('.').every((part) => Number(part) <= 255);
  return six !== undefined && Number(bits) <= 128;
}

const HOST = /^(?:\*\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?(?::\d{1,5})?$/u;
const BRACKETED = /^\[[0-9a-f:.]*:[0-9a-f:.]*\](?::\d{1,5})?$/u;
