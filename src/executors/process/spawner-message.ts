// What the server and its spawner tell each other about the processes that the spawner starts, by number.

/** From the server. */
export type ToSpawner =
  | { readonly type: 'start'; readonly id: number; readonly start: ProcessStart }
  /** What it still says is of no interest: its pipes are closed. */
  | { readonly type: 'drop'; readonly id: number };

/** From the spawner. The last about a process is `closed` or `failed`. */
export type FromSpawner =
  | { readonly type: 'started'; readonly id: number; readonly pid: number }
  | { readonly type: 'failed'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly type: 'said'; readonly id: number; readonly stream: 'out' | 'err'; readonly chunk: Uint8Array }
  | {
      readonly type: 'ended';
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** Its pipes have ended too. */
  | { readonly type: 'closed'; readonly id: number };

/** What to start: in a session of its own, with a pipe as descriptor 3 that stays open as long as the spawner lives. */
export interface ProcessStart {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}
