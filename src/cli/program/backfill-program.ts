// The verbs of `backfill`, their options and their help.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Deed } from './wanted.ts';
import {
  applyBackfill,
  type ApplyBackfillOptions,
  holdBackfill,
  listBackfills,
  planBackfill,
  type PlanBackfillOptions,
  watchBackfill,
} from '../verbs/backfill.ts';

const HOLDS = {
  pause: 'start no more of its runs; what runs goes on',
  resume: 'let it go on; failures are counted anew',
  cancel: 'end it for good: its waiting runs are stopped, what runs goes on to its end',
  retry: 'start again what did not succeed, as further attempts of the same runs',
} as const;

/** Adds `backfill` with its verbs. */
export function addBackfill(program: Command, group: string, deed: (deed: Deed) => void): void {
  const backfill = program
    .command('backfill')
    .helpCommand(false)
    .helpGroup(group)
    .description('make the runs that are missing for days gone by: plan, look, apply')
    .addHelpText('after', example('downbeat backfill plan penguins --from 2026-11-01 --to 2026-11-07'));
  addPlan(backfill, deed);
  backfill
    .command('apply')
    .description('start what a plan says, if it is still what would happen')
    .argument('<plan>', 'its id, such as backfill:penguins/3')
    .requiredOption('--hash <hash>', 'the hash that the plan showed')
    .option('--watch', 'show it live to its end')
    .option('--reason <text>', 'why; kept in the audit')
    .addHelpText('after', example('downbeat backfill apply backfill:penguins/3 --hash 5f1d0c2b9a8e7d64 --watch'))
    .action((id: string, options: ApplyBackfillOptions) => {
      deed((session) => applyBackfill(session, id, options));
    });
  backfill
    .command('list')
    .description('list backfills, the newest first, with how far they are')
    .argument('[workflow]', 'only those of this workflow')
    .addHelpText('after', example('downbeat backfill list penguins'))
    .action((workflow: string | undefined) => {
      deed((session) => listBackfills(session, workflow));
    });
  backfill
    .command('watch')
    .description('show a backfill live to its end')
    .argument('<backfill>', 'its id, such as backfill:penguins/3')
    .addHelpText('after', example('downbeat backfill watch backfill:penguins/3'))
    .action((id: string) => {
      deed((session) => watchBackfill(session, id));
    });
  for (const [name, description] of Object.entries(HOLDS) as [keyof typeof HOLDS, string][]) {
    backfill
      .command(name)
      .description(description)
      .argument('<backfill>', 'its id, such as backfill:penguins/3')
      .option('--reason <text>', 'why; kept in the audit')
      .addHelpText('after', example(`downbeat backfill ${name} backfill:penguins/3`))
      .action((id: string, options: { readonly reason?: string }) => {
        deed((session) => holdBackfill(session, name, id, options));
      });
  }
}

function addPlan(backfill: Command, deed: (deed: Deed) => void): void {
  backfill
    .command('plan')
    .description('say line by line what a backfill would do, and keep that for a day; starts nothing')
    .argument('<workflow>', 'its id, such as penguins')
    .option('--from <day>', 'the first day, such as 2026-11-01, in the zone of the schedule; or a time')
    .option('--to <day>', 'the last day, all of it; or a time')
    .option('--trigger <name>', 'whose times, if the workflow has several time triggers')
    .option('--cron <expression>', 'times of another schedule')
    .option('--every <duration>', 'times of another schedule, such as 1h from the first moment on')
    .option('--timezone <zone>', 'the zone of --cron (UTC)')
    .option('--keys <file>', 'instead of times: a JSON file with an array of parameters, one object for each run')
    .option('-p, --param <name=value>', 'a parameter of every run, as often as needed', collect)
    .addOption(new Option('--of-version <number>', 'the version to run (the active one)').argParser(whole))
    .addOption(
      new Option('--redo <which>', 'what is done again where there is a run already')
        .choices(['missing', 'failed', 'all'])
        .default('missing'),
    )
    .option('--newest-first', 'begin with the newest')
    .addOption(new Option('--concurrency <number>', 'how many runs of it at once').default(1).argParser(whole))
    .addOption(new Option('--stop-after-failures <number>', 'pause after so many').argParser(whole))
    .option('--idempotency-key <key>', 'the same key twice plans it only once')
    .option('--reason <text>', 'why; kept in the audit')
    .addHelpText(
      'after',
      example('downbeat backfill plan penguins --from 2026-11-01 --to 2026-11-07 --redo failed --concurrency 2'),
    )
    .action((workflow: string, { param, ...options }: PlanBackfillOptions) => {
      deed((session) => planBackfill(session, workflow, { ...options, ...(param === undefined ? {} : { param }) }));
    });
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function whole(text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

function example(line: string): string {
  return `\nExample:\n  ${line}`;
}
