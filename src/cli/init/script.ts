// What `init` knows of one script: where it lies, what runs it, and which names stand in it.

/** The language of a script, by the end of its name. */
export type Language = 'python' | 'node' | 'shell';

/** A script of the folder. */
export interface Script {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  py: 'python',
  js: 'node',
  mjs: 'node',
  cjs: 'node',
  ts: 'node',
  sh: 'shell',
};

/** The endings of names that are looked for, as a person reads them. */
export const SCRIPT_ENDINGS: readonly string[] = Object.keys(LANGUAGES).map((ending) => `.${ending}`);

/** The language of a file, or undefined if it is no script. */
export function languageOf(path: string): Language | undefined {
  const ending = /\.([a-z]+)$/u.exec(path)?.[1] ?? '';
  return Object.hasOwn(LANGUAGES, ending) ? LANGUAGES[ending] : undefined;
}

/** `raw/01_fetch.py` → `01_fetch.py`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `raw/01_fetch.py` → `01_fetch`. */
export function stemOf(path: string): string {
  return baseName(path).replace(/\.[a-z]+$/u, '');
}

/** `raw/01_fetch.py` → `raw`; nothing for a file of the folder itself. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The lines that are no comments. */
export function codeLines({ text, language }: Pick<Script, 'text' | 'language'>): readonly string[] {
  const comment = language === 'node' ? /^\s*(?:\/\/|\*|\/\*)/u : /^\s*#/u;
  return text.split(/\r?\n/u).filter((line) => !comment.test(line));
}
