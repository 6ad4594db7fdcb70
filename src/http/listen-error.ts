// Why a server cannot listen where it was told to: found at start, with what to do next.

/** Why it cannot. */
export type ListenErrorCode = 'PORT_IN_USE' | 'PORT_FORBIDDEN' | 'NO_SUCH_ADDRESS';

/** Thrown by `listen` where trying again does not help. */
export class ListenError extends Error {
  readonly code: ListenErrorCode;
  readonly hint: string;

  constructor(code: ListenErrorCode, message: string, options: { readonly hint: string; readonly cause: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ListenError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** The error of a `listen` that failed, in words; what nobody foresaw stays as it is. */
export function listenErrorOf(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  const cause = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (cause) {
    case 'EADDRINUSE':
      return new ListenError(
        'PORT_IN_USE',
        `Port ${String(port)} of ${host} is taken: another program listens there.`,
        {
          hint: `It may be a Downbeat server: see with "downbeat doctor --url http://127.0.0.1:${String(port)}". Choose another port with --port or PORT; 0 takes any free one.`,
          cause: error,
        },
      );
    case 'EACCES':
      return new ListenError('PORT_FORBIDDEN', `This user may not listen on port ${String(port)} of ${host}.`, {
        hint: 'Ports below 1024 belong to the system. Choose another with --port or PORT, such as 4000.',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ListenError('NO_SUCH_ADDRESS', `${host} is no address of this machine, so nothing can listen there.`, {
        hint: 'Correct DOWNBEAT_HOST (or --host): 127.0.0.1 is for this machine only, 0.0.0.0 for everyone who can reach it.',
        cause: error,
      });
    default:
      return error;
  }
}
