// Brings content from the store into a place: the version's files to work on, the artifacts of needed steps to read.

import { createWriteStream } from 'node:fs';
import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileReference } from '../../core/definition/model.ts';
import { type Failure } from '../../core/failure.ts';
import { success, type Result } from '../../core/result.ts';
import { type Blobs } from '../../ports/blobs.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure, platformFailure } from './failures.ts';
import { type Launch } from './launch.ts';
import { type Place, type StepUser } from './place.ts';
import { isInside } from './relative-path.ts';

const SHEBANG = '#!';

/** Where content comes from, and whose it becomes. */
export interface Layer {
  readonly blobs: Blobs;
  readonly user: StepUser | undefined;
}

/** Lays the version's files and the program's text into the working folder, as copies that the step may change. */
export async function layWork(
  layer: Layer,
  spec: AttemptSpec,
  place: Place,
  launch: Launch,
): Promise<Result<void, Failure>> {
  for (const file of spec.files) {
    const laid = await layFile(layer.blobs, file, place.work);
    if (!laid.ok) return laid;
    await chmod(join(place.work, file.path), laid.value ? 0o700 : 0o600);
  }
  if (launch.script !== undefined) {
    await writeFile(join(place.work, launch.script.name), launch.script.text, { flag: 'wx', mode: 0o600 });
  }
  if (layer.user !== undefined) await giveAway(place.work, layer.user);
  return success(undefined);
}

/** Lays the artifacts of needed steps into one folder a step, and takes away the permission to write. */
export async function layInputs(layer: Layer, spec: AttemptSpec, place: Place): Promise<Result<void, Failure>> {
  for (const input of spec.inputs) {
    if (!isInside(input.step)) return escape(input.step);
    const folder = join(place.inputs, input.step);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const file of input.artifacts) {
      const laid = await layFile(layer.blobs, file, folder);
      if (!laid.ok) return laid;
    }
  }
  await makeReadOnly(place.inputs);
  return success(undefined);
}

/** Answers whether the content starts as a script does. */
async function layFile(blobs: Blobs, file: FileReference, folder: string): Promise<Result<boolean, Failure>> {
  if (!isInside(file.path)) return escape(file.path);
  const content = await blobs.stream(file.hash);
  if (content === undefined) {
    return platformFailure(
      'CONTENT_MISSING',
      `The store has no content for "${file.path}" (SHA-256 ${file.hash}).`,
      'Apply the workflow again with its files; if it is an artifact of another step, restart the run from that step.',
    );
  }
  const path = join(folder, file.path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const meter = createMeter();
  await pipeline(Readable.from(content), meter.stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (meter.size() !== file.size) {
    const sizes = `${String(meter.size())} instead of ${String(file.size)} bytes`;
    return platformFailure('CONTENT_DAMAGED', `The store gave ${sizes} for "${file.path}" (SHA-256 ${file.hash}).`);
  }
  return success(meter.start() === SHEBANG);
}

function createMeter(): { stream: Transform; size(): number; start(): string } {
  let size = 0;
  let start = '';
  const stream = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      size += chunk.byteLength;
      if (start.length < SHEBANG.length) {
        start += chunk.subarray(0, SHEBANG.length - start.length).toString('latin1');
      }
      done(null, chunk);
    },
  });
  return { stream, size: () => size, start: () => start };
}

async function giveAway(folder: string, user: StepUser): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await chown(path, user.uid, user.gid);
    if (entry.isDirectory()) await giveAway(path, user);
  }
}

async function makeReadOnly(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadOnly(path);
    else await chmod(path, 0o444);
  }
  await chmod(folder, 0o555);
}

function escape(path: string): Result<never, Failure> {
  return authorFailure(
    'BAD_PATH',
    `The path ${JSON.stringify(path)} does not stay inside its folder.`,
    'Use a relative path with "/" between its parts and without ".." in it.',
  );
}
