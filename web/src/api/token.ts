// The token with which the page speaks to a server that asks for one. Kept for this tab only, never in an address.

const KEY = 'downbeat.token';
let token = stored();

/** The token, if a person gave one. */
export function tokenOf(): string | undefined {
  return token;
}

/** Keeps the token for this tab. */
export function keepToken(given: string): void {
  token = given;
  try {
    window.sessionStorage.setItem(KEY, given);
  } catch {
    // A browser that keeps nothing: the token then lasts until the page is loaded again.
  }
}

function stored(): string | undefined {
  try {
    return window.sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}
