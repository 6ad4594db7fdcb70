// What every letterbox does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { type Command } from '../../src/core/partition/command.ts';
import { type Inbox } from '../../src/ports/inbox.ts';
import { awkwardJson } from './awkward-json.ts';

function aCommand(id: string, more: Partial<Command> = {}): Command {
  return { id, actor: 'ada', body: { type: 'PauseTriggers', workflowId: id }, ...more };
}

/** The suite of the port. */
export function inboxContract(name: string, make: () => Inbox): void {
  describe(`the inbox (${name})`, () => {
    test('gives commands back as they were put in, oldest first, of one partition', async () => {
      const inbox = make();
      const start: Command = {
        id: '01',
        actor: 'ada',
        reason: '$$NOW',
        key: 'k',
        argsHash: 'h',
        body: { type: 'StartRun', workflowId: 'a', params: [{ name: '$x.y', value: awkwardJson }], labels: [] },
      };
      for (const command of [start, aCommand('02'), aCommand('03')]) await inbox.put(1, command);
      await inbox.put(2, aCommand('00'));

      expect(await inbox.list(1, 10)).toEqual([start, aCommand('02'), aCommand('03')]);
      expect(await inbox.list(1, 2)).toEqual([start, aCommand('02')]);
      expect(await inbox.list(1, 0)).toEqual([]);
      expect(await inbox.list(3, 10)).toEqual([]);
    });

    test('keeps the first of two commands with the same id, at its place', async () => {
      const inbox = make();
      await inbox.put(1, aCommand('a'));
      await inbox.put(1, aCommand('b'));
      await inbox.put(1, aCommand('a', { actor: 'eve' }));

      expect(await inbox.list(1, 10)).toEqual([aCommand('a'), aCommand('b')]);
    });

    test('keeps one of many that come at once', async () => {
      const inbox = make();

      await Promise.all(Array.from({ length: 10 }, () => inbox.put(1, aCommand('a'))));

      expect(await inbox.list(1, 10)).toEqual([aCommand('a')]);
    });

    test('forgets what is committed', async () => {
      const inbox = make();
      for (const id of ['a', 'b', 'c']) await inbox.put(1, aCommand(id));

      await inbox.remove(['a', 'c', 'unknown']);
      await inbox.remove([]);

      expect(await inbox.list(1, 10)).toEqual([aCommand('b')]);
    });
  });
}
