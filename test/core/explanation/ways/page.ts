// The page for people, made of the table.

import { type Way } from './way.ts';

const opening = `# Why has it not run?

Ask Downbeat first. It answers from the decision itself, with the values that decided and what would change it:

\`\`\`text
downbeat explain penguins                  a workflow
downbeat explain penguins/12               a run
downbeat explain penguins/12/train         a step
downbeat explain penguins/12/each[2]       an iteration of a loop
downbeat explain penguins/12/each[2]/train a step of an iteration
downbeat explain penguins/nightly          a trigger
downbeat explain signal:01JD8Z3V6Q5T7X9B2C4E6G8H0K
downbeat explain backfill:penguins/3
\`\`\`

The same is under \`explanation\` of runs, steps, triggers and backfills in GraphQL, on their pages, and under
\`explain(id:)\` for any of them. Below is every answer, by what you see. Where nothing is to be done it goes on by itself.
In the examples the workflow is called \`flow\`, and Ada has done whatever somebody did.

What an error of Downbeat keeps from going on is set aside, so that everything else can: \`explain\` says so of it. Of a trigger
that waits for several signals, or for one not to come, see also [signals](signals.md).
`;

const headings = {
  runs: 'My run has not started, or does not go on',
  steps: 'My step has not started',
  triggers: 'My trigger did nothing',
  signals: 'My signal did nothing',
} as const;

/** The page. */
export function whyPage(ways: Readonly<Record<keyof typeof headings, readonly Way[]>>): string {
  const parts = Object.entries(headings).map(([key, heading]) => {
    const lines = ways[key as keyof typeof headings].map(({ what, says, unblock = '–' }) => row([what, says, unblock]));
    return [
      `## ${heading}`,
      '',
      row(['Because', 'What `explain` says', 'What to do']),
      row(['---', '---', '---']),
      ...lines,
    ].join('\n');
  });
  return `${[opening.trimEnd(), ...parts].join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replace(/<(\w+)>/gu, '`<$1>`')).join(' | ')} |`;
}
