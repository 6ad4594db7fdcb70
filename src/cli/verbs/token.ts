// `token create`, `token list` and `token remove`: who may call a server that asks for tokens.

import { userInfo } from 'node:os';
import { wrongUse } from '../cli-error.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { table } from '../display/table.ts';

/** Makes a token and prints it, this one time. */
export async function createToken(session: Session, given: string | undefined): Promise<ExitCode> {
  const { tokens } = session;
  const name = given ?? userName();
  const token = await tokens.create(name);
  if (session.json) {
    printJson(session, { name, token, file: tokens.path });
    return FINE;
  }
  print(session, token);
  say(
    session,
    `This is the token of ${name}. It is shown only now: ${tokens.path} keeps nothing but its hash.`,
    'A server with that tokens file takes it at once. Commands send it when it is in DOWNBEAT_TOKEN.',
  );
  return FINE;
}

/** Of the person at this machine; a container may have none. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    throw wrongUse('This user has no name here.', 'Say whose token it is: downbeat token create --name ada');
  }
}

/** Prints whose tokens there are. */
export async function listTokens(session: Session): Promise<ExitCode> {
  const { tokens } = session;
  const known = await tokens.list();
  if (session.json) {
    printJson(session, { tokens: known, file: tokens.path });
    return FINE;
  }
  const rows = known.map(({ name, createdAt }) => [name, `${clockTime(createdAt)} UTC`]);
  if (rows.length > 0) print(session, ...table(['NAME', 'CREATED'], rows, { width: session.io.stdout.columns }));
  else say(session, `There are no tokens in ${tokens.path}. Make one with: downbeat token create`);
  return FINE;
}

/** Takes a token back. */
export async function removeToken(session: Session, name: string): Promise<ExitCode> {
  await session.tokens.remove(name);
  if (session.json) printJson(session, { name, removed: true });
  else print(session, `The token of ${name} opens nothing any more.`);
  return FINE;
}
