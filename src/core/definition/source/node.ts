// The text of a definition as a small tree that remembers where each part stands. Formats end here: what reads the tree
// does not know whether it was YAML or JSON.

/** A place in the text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The text itself, for finding lines and places. */
export interface SourceText {
  readonly text: string;
  readonly positionAt: (offset: number) => Position;
}

/** One value of the text. */
export type SourceNode = ScalarNode | ListNode | MapNode;

/** A single value. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Position;
  /** An integer is a bigint, any other number a number. */
  readonly value: null | boolean | bigint | number | string;
  /** As written, without quotes. */
  readonly source: string;
  /** Whether it stands there without quotes and block marks, so that its look decides its type. */
  readonly plain: boolean;
  /** Where the text begins, if it stands there as it is, on one line or as a literal block: for pointing into it. */
  readonly content?: Position;
  /** What stands here is wrong and was told already; this is only a place holder. */
  readonly isTold?: true;
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly SourceNode[];
}

/** A map in the order of the text, without duplicate keys. */
export interface MapNode {
  readonly kind: 'map';
  readonly at: Position;
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** What stands under a key, and where the key stands. */
export interface MapEntry {
  readonly keyAt: Position;
  readonly value: SourceNode;
}
