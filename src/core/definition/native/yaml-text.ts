// Trees as YAML that every reader takes for the same: whatever might be taken for something else stands in quotes.

import {
  Document,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  visit,
} from 'yaml';
import { type TextNote, type TreeMap } from './tree.ts';

const WIDTH = 110;
/** Longer ones are written over several lines. */
const LONGEST_IN_ONE_LINE = 56;

/** Writes a document; notes stand as comments before what they are about. */
export function yamlText(tree: TreeMap, head: readonly string[], notes: readonly TextNote[]): string {
  const document = new Document(tree, { version: '1.2', schema: 'core' });
  const root = document.contents;
  visit(document, {
    Scalar: (_, scalar) => {
      const style = styleOf(scalar.value);
      if (style !== undefined) scalar.type = style;
    },
    Collection: (_, collection, ancestors) => {
      const parent = ancestors.at(-1);
      const above = ancestors.at(-2);
      const isInList = isSeq(parent) && isPair(above) && hasLines(above.key);
      if (collection === root || isInList || (isPair(parent) && hasLines(parent.key))) return;
      if (isShort(collection)) collection.flow = true;
    },
  });
  if (isMap(root)) spaceOut(root);
  for (const { path, message } of notes.filter((one) => one.path.length > 0)) comment(document, path, message);
  const lines = [...head, ...notes.flatMap(({ path, message }) => (path.length > 0 ? [] : wrapped(message)))];
  const body = document.toString({ lineWidth: 0, flowCollectionPadding: true, nullStr: 'null' });
  return `${lines.map((line) => `# ${line}\n`).join('')}${body}`;
}

/** Words and lengths of time that stand by themselves, as in `clean.kept >= 30, or not` and `10m`. */
const SAFE = /^(?:[A-Za-z_][\w./,;'"?!()[\]{}=<>&|+*$@~-]*(?: [\w./,;'"?!()[\]{}=<>&|+*$@~-]+)*|\d+(?:ms|[smhd]))$/u;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/iu;
/** What stays as it is in a block of lines: it begins with a sign, and no line of it is made of blanks alone. */
const IN_LINES =
  /^[!-~\u00a1-\u2027\u202a-\ud7ff][\t\n -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\u{10000}-\u{10ffff}]*$/u;
const BLANK_LINE = /\n[\t ]+(?:\n|$)/u;

function styleOf(value: unknown): Scalar.Type | undefined {
  if (typeof value !== 'string') return undefined;
  if (SAFE.test(value) && !WORDS.test(value)) return Scalar.PLAIN;
  const isBlock = value.includes('\n') && IN_LINES.test(value) && !BLANK_LINE.test(value);
  return isBlock ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}

const WITH_LINES = new Set(['params', 'steps', 'finally', 'triggers']);

const ALWAYS_LINES = new Set(['steps', 'triggers', 'finally', 'Workflow', 'jobs']);

function hasLines(key: unknown): boolean {
  return isScalar(key) && ALWAYS_LINES.has(String(key.value));
}

function isShort(collection: YAMLMap | YAMLSeq): boolean {
  const text = JSON.stringify(collection.toJSON(), (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return text.length <= LONGEST_IN_ONE_LINE && !text.includes('\\n');
}

/** An empty line before each part of the workflow, and between steps. */
function spaceOut(root: YAMLMap): void {
  for (const pair of root.items) {
    if (!isScalar(pair.key) || !WITH_LINES.has(String(pair.key.value)) || !isCollection(pair.value)) continue;
    pair.key.spaceBefore = true;
    pair.value.flow = false;
    if (!isSeq(pair.value)) continue;
    for (const item of pair.value.items.slice(1)) if (isMap(item)) item.spaceBefore = true;
  }
}

function comment(document: Document, path: readonly (string | number)[], message: string): void {
  const last = path.at(-1);
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
  const node = pair === undefined ? document.getIn(path, true) : pair.key;
  if (!isScalar(node) && !isCollection(node)) return;
  const text = wrapped(message).map((line) => ` ${line}`);
  node.commentBefore = [...(node.commentBefore == null ? [] : [node.commentBefore]), ...text].join('\n');
}

/** Lines of at most so many characters, as far as words allow; a comment never goes on by itself on a new line. */
function wrapped(message: string): readonly string[] {
  const lines: string[] = [];
  for (const word of message.replaceAll(/\n+/gu, ' ').split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
