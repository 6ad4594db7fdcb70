// Letterboxes in memory.

import { type Command } from '../../core/partition/command.ts';
import { type Inbox } from '../../ports/inbox.ts';
import { copy } from './copy.ts';

/** Makes empty letterboxes that live as long as the object does. */
export function createMemoryInbox(): Inbox {
  const letters = new Map<string, { readonly partition: number; readonly command: Command }>();
  return {
    put: async (partition, command) => {
      if (!letters.has(command.id)) letters.set(command.id, { partition, command: copy(command) });
    },
    list: async (partition, limit) =>
      [...letters.values()]
        .filter((letter) => letter.partition === partition)
        .slice(0, limit)
        .map(({ command }) => copy(command)),
    remove: async (ids) => {
      for (const id of ids) letters.delete(id);
    },
  };
}
