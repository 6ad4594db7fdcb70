// The members of the parameters `kubernetes` and `notebook` (maestro-behaviour §2.8, §2.9), and what each of them holds. One that is
// not among them is refused, since nothing would come of it.

/** What a member holds: a text or a number, words, a map of texts, words as a text or a list or a map, or a map with one member. */
export type MemberContent = 'text' | 'words' | 'texts' | 'arguments' | 'pre_stop' | 'exec';

/** The members of a MAP by name. */
export type Members = ReadonlyMap<string, MemberContent>;

/** The parameter that says what runs. */
export const POD_PARAM = 'kubernetes';

/** The parameter that says which notebook runs. */
export const NOTEBOOK_PARAM = 'notebook';

/** The members of `kubernetes`. */
export const POD_MEMBERS: Members = new Map<string, MemberContent>([
  ['app_name', 'text'],
  ['image', 'text'],
  ['command', 'words'],
  ['args', 'words'],
  ['env', 'texts'],
  ['cpu', 'text'],
  ['memory', 'text'],
  ['disk', 'text'],
  ['gpu', 'text'],
  ['job_deduplication_key', 'text'],
  ['owner_email', 'text'],
  ['pre_stop', 'pre_stop'],
]);

/** The members of `notebook`. */
export const NOTEBOOK_MEMBERS: Members = new Map<string, MemberContent>([
  ['input_path', 'text'],
  ['output_path', 'text'],
  ['papermill_arguments', 'arguments'],
  ['init_command', 'text'],
  ['git_repo', 'text'],
  ['git_branch', 'text'],
  ['git_commit', 'text'],
  ['run_id', 'text'],
]);

/** The members of those that are maps with fixed members themselves. */
export const INNER_MEMBERS: Readonly<Record<'pre_stop' | 'exec', Members>> = {
  pre_stop: new Map<string, MemberContent>([['exec', 'exec']]),
  exec: new Map<string, MemberContent>([['command', 'words']]),
};
