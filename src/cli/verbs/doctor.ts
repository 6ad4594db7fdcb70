// `doctor`: where each setting comes from, what is there to work with, and how to mend what is not.

import {
  type Check,
  checkCluster,
  checkDisk,
  checkMongod,
  checkNode,
  checkPython,
  checkRequests,
  checkSecrets,
  checkServer,
  checkSignals,
} from '../checks.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { print, printJson, type Session } from '../session.ts';
import { type Colour } from '../display/style.ts';
import { table } from '../display/table.ts';

/** Looks at everything; fails if something that is needed is missing. */
export async function doctor(session: Session): Promise<ExitCode> {
  const { config } = session;
  const server = await checkServer(session);
  const signals = server.state === 'fine' ? await checkSignals(session) : undefined;
  const checks = [
    checkNode(),
    ...(await Promise.all([
      checkPython(),
      checkMongod(config),
      checkDisk(config.server.dataDir),
      checkSecrets(session.secrets),
    ])),
    checkRequests(config.server.httpHosts),
    ...(await checkCluster(session.cluster)),
    server,
    ...(signals === undefined ? [] : [signals]),
  ];
  if (session.json) printJson(session, { settings: config.settings, checks });
  else {
    const width = session.io.stdout.columns;
    const rows = config.settings.map(({ name, shown, source }) => [name, shown, source]);
    print(session, ...table(['SETTING', 'VALUE', 'FROM'], rows, { width }), '');
    for (const check of checks) print(session, ...checkLines(check, session));
  }
  return checks.some((check) => check.state === 'missing') ? FAILED : FINE;
}

const LOOKS: Readonly<Record<Check['state'], readonly [string, Colour]>> = {
  fine: ['✓', 'green'],
  note: ['○', 'yellow'],
  missing: ['✗', 'red'],
};

function checkLines({ name, state, found, fix }: Check, session: Session): readonly string[] {
  const [sign, colour] = LOOKS[state];
  const head = `${session.paint(colour, sign)} ${name.padEnd(8)} ${found}`;
  return fix === undefined ? [head] : [head, `           ${session.paint('green', '→')} ${fix}`];
}
