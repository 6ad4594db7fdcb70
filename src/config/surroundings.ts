// What the process was given by its environment and that is no setting of ours.

import { join } from 'node:path';
import { type Surroundings } from './config.ts';
import { type ConfigPlace } from './config-place.ts';
import { Secret } from './secret.ts';

const HANDED_ON = ['PATH', 'HOME', 'LANG', 'TZ'];

const OF_PACKAGING = /^(?:PIP_|UV_)|^(?:https?|all|no)_proxy$|^(?:SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE)$/iu;

function packagingOf(environment: ConfigPlace['environment']): Readonly<Record<string, string>> {
  const given = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && OF_PACKAGING.test(entry[0]),
  );
  return Object.fromEntries(given);
}

/** What an environment says beside the settings. */
export function surroundingsOf(environment: ConfigPlace['environment']): Surroundings {
  const set = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const cache = set('XDG_CACHE_HOME') ?? join(set('HOME') ?? '.', '.cache');
  return {
    environment: Object.fromEntries(HANDED_ON.map((name) => [name, environment[name]])),
    packaging: packagingOf(environment),
    secrets: secretsOf(environment),
    cacheDir: join(cache, 'downbeat'),
    noColour: set('NO_COLOR') !== undefined,
    dumbTerminal: environment['TERM'] === 'dumb',
    ...crashAtOf(set('DOWNBEAT_CRASH_AT')),
    ...checkpointEveryOf(set('DOWNBEAT_TEST_CHECKPOINT_MS')),
  };
}

function secretsOf(environment: ConfigPlace['environment']): Readonly<Record<string, Secret>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([variable, value]): readonly (readonly [string, Secret])[] => {
      const name = /^DOWNBEAT_SECRET_([A-Z_][A-Z0-9_]*)$/u.exec(variable)?.[1];
      return name === undefined || value === undefined || value === '' ? [] : [[name, new Secret(value)]];
    }),
  );
}

function crashAtOf(text: string | undefined): Pick<Surroundings, 'crashAt'> {
  const [, site, pass] = /^([a-z-]+(?:@.+)?):([1-9][0-9]*)$/.exec(text ?? '') ?? [];
  return site === undefined ? {} : { crashAt: { site, pass: Number(pass) } };
}

function checkpointEveryOf(text: string | undefined): Pick<Surroundings, 'checkpointEvery'> {
  return /^[1-9][0-9]{0,8}$/.test(text ?? '') ? { checkpointEvery: Number(text) } : {};
}
