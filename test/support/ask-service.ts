// Asks the run's global set-up for a real service; the first one to ask waits until it has started.

import { inject } from 'vitest';

/** The address of a running service; throws what is missing when it cannot be had. */
export async function askService(name: 'mongod' | 'redis' | 'kubernetes'): Promise<string> {
  const response = await fetch(`${inject('servicesUrl')}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`This test needs a real ${name}. ${text}`);
  return text;
}
