// What a step leaves behind: the paths and globs it declares in its working folder, and all that lies in $DOWNBEAT_ARTIFACTS.
// Nothing from outside these two folders is ever kept: a link that leads out of them is refused.

import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileReference } from '../../core/definition/model.ts';
import { type Failure } from '../../core/failure.ts';
import { success, type Result } from '../../core/result.ts';
import { BlobTooLargeError, type Blobs } from '../../ports/blobs.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure, reasonOf, stepFailure, systemCodeOf } from './failures.ts';
import { hasWildcard, matchesGlob } from './glob.ts';
import { type AttemptLimits } from './limits.ts';
import { type Place } from './place.ts';
import { isInside } from './relative-path.ts';

const SHOWN = 10;
// What the step itself brought about: links to nowhere and in circles, pipes, no permission, too deep folders.
const OWN_DOING = new Set(['ELOOP', 'ENOENT', 'ENOTDIR', 'ENXIO', 'EACCES', 'ENAMETOOLONG']);

/** Where artifacts go, and when to give up on them. */
export interface Keeper {
  readonly blobs: Blobs;
  readonly limits: AttemptLimits;
  /** Whether the attempt was told to stop. */
  isStopped(): boolean;
}

/** A file to keep: its path as an artifact, in the folder that it lies in. */
interface Found {
  readonly path: string;
  readonly folder: string;
}

/** Keeps the artifacts of a step and answers them in the order of their paths. */
export async function collectArtifacts(
  spec: AttemptSpec,
  place: Place,
  keeper: Keeper,
): Promise<Result<readonly FileReference[], Failure>> {
  const found = await findAll(spec, place, keeper.limits).catch((error: unknown) =>
    badArtifact(spec, spec.artifacts.join(', '), ownDoing(error)),
  );
  if (!found.ok) return found;
  const kept = new Map<string, FileReference>();
  for (const file of found.value) {
    if (keeper.isStopped()) break;
    const reference = await keep(spec, file, keeper);
    if (!reference.ok) return reference;
    const other = kept.get(file.path);
    if (other !== undefined && other.hash !== reference.value.hash) return clash(spec, file.path);
    kept.set(file.path, reference.value);
  }
  return success(Array.from(kept.values()).sort((one, other) => (one.path < other.path ? -1 : 1)));
}

async function findAll(
  spec: AttemptSpec,
  place: Place,
  limits: AttemptLimits,
): Promise<Result<readonly Found[], Failure>> {
  const declared = await findDeclared(spec, place.work);
  if (!declared.ok) return declared;
  const found: Found[] = Array.from(declared.value, (path) => ({ path, folder: place.work }));
  for (const path of await filesUnder(place.artifacts, '')) found.push({ path, folder: place.artifacts });
  if (found.length > limits.artifactFiles) {
    return stepFailure(
      'ARTIFACT_LIMIT',
      `Step "${spec.stepId}" left ${String(found.length)} artifacts; at most ${String(limits.artifactFiles)} are kept.`,
      'Pack them into one file, for instance with tar.',
    );
  }
  return success(found);
}

async function findDeclared(spec: AttemptSpec, work: string): Promise<Result<ReadonlySet<string>, Failure>> {
  const paths = new Set<string>();
  let all: readonly string[] | undefined;
  for (const declared of spec.artifacts) {
    const pattern = declared.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
    if (!isInside(pattern)) return badPattern(spec, declared);
    if (hasWildcard(pattern)) all ??= await filesUnder(work, '');
    const matched = hasWildcard(pattern)
      ? (all ?? []).filter((path) => matchesGlob(pattern, path))
      : await filesAt(work, pattern);
    if (matched.length === 0) return missing(spec, declared, work);
    for (const path of matched) paths.add(path);
  }
  return success(paths);
}

/** The file of that path, or all files under it if it is a folder. */
async function filesAt(folder: string, path: string): Promise<readonly string[]> {
  try {
    const stat = await lstat(join(folder, path));
    return stat.isDirectory() ? await filesUnder(folder, path) : [path];
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** Files and links under a path, in order; folders behind links are not entered, and pipes and sockets passed over. */
async function filesUnder(folder: string, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entries: Dirent[] = await readdir(join(folder, next), { withFileTypes: true });
    for (const entry of entries) {
      const inner = next === '' ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(inner);
      else if (entry.isFile() || entry.isSymbolicLink()) found.push(inner);
    }
  }
  return found.sort();
}

async function keep(spec: AttemptSpec, file: Found, keeper: Keeper): Promise<Result<FileReference, Failure>> {
  const limit = keeper.limits.artifactBytes;
  const opened = await openInside(file).catch((error: unknown) => ownDoing(error));
  if (typeof opened === 'string') return badArtifact(spec, file.path, opened);
  try {
    const stat = await opened.stat();
    if (!stat.isFile()) return badArtifact(spec, file.path, 'it is not a file');
    if (stat.size > limit) return tooLarge(spec, file.path, limit);
    const stream = opened.createReadStream({ autoClose: false });
    const { hash, size } = await keeper.blobs.putStream(stream as AsyncIterable<Uint8Array>, limit);
    return success({ path: file.path, hash, size });
  } catch (error) {
    if (error instanceof BlobTooLargeError) return tooLarge(spec, file.path, limit);
    throw error;
  } finally {
    await opened.close();
  }
}

/** Opens a file of the step, or says why it is none. */
async function openInside(file: Found): Promise<FileHandle | string> {
  const target = await realpath(join(file.folder, file.path));
  const folder = await realpath(file.folder);
  if (!target.startsWith(`${folder}/`)) return 'it is a link that leads out of its folder';
  return open(target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}

/** The message of an error that the step brought about; any other is thrown on. */
function ownDoing(error: unknown): string {
  if (OWN_DOING.has(systemCodeOf(error) ?? '')) return reasonOf(error);
  throw error;
}

async function missing(spec: AttemptSpec, declared: string, work: string): Promise<Result<never, Failure>> {
  const laid = new Set(spec.files.map((file) => file.path));
  const there = (await filesUnder(work, '')).filter((path) => !laid.has(path) && !path.startsWith('.downbeat-step.'));
  const more = there.length > SHOWN ? `, and ${String(there.length - SHOWN)} more` : '';
  const made =
    there.length === 0 ? 'The step made no files.' : `The step made: ${there.slice(0, SHOWN).join(', ')}${more}.`;
  return stepFailure(
    'MISSING_ARTIFACT',
    `Step "${spec.stepId}" declares the artifact "${declared}", and its working folder has none. ${made}`,
    'Paths are relative to the working folder; a * matches within one folder, ** over any number of them.',
  );
}

function badPattern(spec: AttemptSpec, declared: string): Result<never, Failure> {
  return authorFailure(
    'BAD_ARTIFACT',
    `The artifact ${JSON.stringify(declared)} of step "${spec.stepId}" is not a path inside the working folder.`,
    'Write a relative path without "..", or copy the file into $DOWNBEAT_ARTIFACTS.',
  );
}

function badArtifact(spec: AttemptSpec, path: string, why: string): Result<never, Failure> {
  return stepFailure(
    'BAD_ARTIFACT',
    `The artifact "${path}" of step "${spec.stepId}" cannot be kept: ${why}.`,
    'Copy what it stands for into the working folder or into $DOWNBEAT_ARTIFACTS.',
  );
}

function tooLarge(spec: AttemptSpec, path: string, limit: number): Result<never, Failure> {
  return stepFailure(
    'ARTIFACT_LIMIT',
    `The artifact "${path}" of step "${spec.stepId}" is larger than ${String(limit)} bytes.`,
    'Keep it in a store of your own and give its address as an output.',
  );
}

function clash(spec: AttemptSpec, path: string): Result<never, Failure> {
  return stepFailure(
    'BAD_ARTIFACT',
    `Step "${spec.stepId}" left two different artifacts "${path}": in its working folder and in $DOWNBEAT_ARTIFACTS.`,
    'Give one of them another name.',
  );
}
