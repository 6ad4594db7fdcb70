// Who an installation is, among others that share a cluster with it: a short word, made once for each database.

import { randomBytes } from 'node:crypto';
import { type Db } from 'mongodb';
import { invariant } from '../../core/result.ts';
import { reaching } from './deadline.ts';

interface InstallationDocument {
  readonly _id: 'installation';
  readonly name: string;
}

/** The word of the installation that this database is of. */
export async function installationOf(db: Db): Promise<string> {
  const meta = db.collection<InstallationDocument>('meta');
  const made = { $setOnInsert: { name: randomBytes(6).toString('hex') } };
  const document = await reaching('read who this installation is', () =>
    meta.findOneAndUpdate({ _id: 'installation' }, made, { upsert: true, returnDocument: 'after' }),
  );
  invariant(document !== null, 'the installation was just written');
  return document.name;
}
