// Where the command line speaks and listens: results on stdout, talk on stderr, Ctrl-C as a signal.

import { createInterface } from 'node:readline/promises';

/** One of the two outputs. */
export interface CliOutput {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** How wide and how high; for what is no terminal, wide enough never to cut. */
  readonly columns: number;
  readonly rows: number;
}

/** What a command has of the outside. */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  /** The folder in which relative paths are read. */
  readonly folder: string;
  /** Calls the listener at each Ctrl-C until the answered function is called. While someone listens, Ctrl-C ends nothing by itself. */
  onInterrupt(listener: () => void): () => void;
  /** Asks the person a question and answers with the line they write. Absent where nobody sits. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string>;
}

const WIDE = 10_000;
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/** The streams and signals of this process. */
export function processIo(): CliIo {
  process.stdout.on('error', endQuietlyWhenNobodyReads);
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    folder: process.cwd(),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
  };
}

/** The question goes to stderr: stdout is for results. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal });
  } finally {
    lines.close();
  }
}

function outputOf(stream: NodeJS.WriteStream): CliOutput {
  return {
    write: (text) => {
      stream.write(text);
    },
    get isTerminal() {
      return stream.isTTY;
    },
    get columns() {
      return stream.isTTY ? orElse(stream.columns, USUAL_COLUMNS) : WIDE;
    },
    get rows() {
      return stream.isTTY ? orElse(stream.rows, USUAL_ROWS) : WIDE;
    },
  };
}

/** Some terminals say that they are 0 wide. */
function orElse(size: number, usual: number): number {
  return size > 0 ? size : usual;
}

/** `downbeat runs | head -1` closes the pipe, which is nobody's mistake. */
function endQuietlyWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
