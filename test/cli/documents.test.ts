// Documents of a file keep their own text and know where they stand.

import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../src/cli/documents/documents.ts';

describe('the documents of a file', () => {
  it.each<[string, string, { text: string; linesBefore: number }[]]>([
    ['one without marks', 'id: a\n', [{ text: 'id: a\n', linesBefore: 0 }]],
    [
      'two',
      'id: a\n---\nid: b\n',
      [
        { text: 'id: a', linesBefore: 0 },
        { text: '---\nid: b\n', linesBefore: 1 },
      ],
    ],
    [
      'a head of comments belongs to the first',
      '# hello\n\n---\nid: a\n---\nid: b',
      [
        { text: '# hello\n\n---\nid: a', linesBefore: 0 },
        { text: '---\nid: b', linesBefore: 4 },
      ],
    ],
    ['a mark at the end makes none', 'id: a\n---\n# end\n', [{ text: 'id: a', linesBefore: 0 }]],
    [
      'a mark with content behind it',
      '--- {id: a}\n--- # b\nid: b',
      [
        { text: '--- {id: a}', linesBefore: 0 },
        { text: '--- # b\nid: b', linesBefore: 1 },
      ],
    ],
    [
      'dashes inside a value make none',
      'run: |\n  ---\n  x\n----\n',
      [{ text: 'run: |\n  ---\n  x\n----\n', linesBefore: 0 }],
    ],
    ['JSON is one', '{"a": "\n---\n"}', [{ text: '{"a": "\n---\n"}', linesBefore: 0 }]],
    [
      'Windows line ends',
      'id: a\r\n---\r\nid: b\r\n',
      [
        { text: 'id: a\r', linesBefore: 0 },
        { text: '---\r\nid: b\r\n', linesBefore: 1 },
      ],
    ],
    ['nothing at all', '', [{ text: '', linesBefore: 0 }]],
  ])('%s', (_name, text, documents) => {
    expect(splitDocuments(text)).toEqual(documents);
  });
});
