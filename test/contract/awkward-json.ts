// Values that are plain JSON and that a store is tempted to alter: every port that keeps users' values must give them back.

import { type Json } from '../../src/core/json.ts';

const deep: Json = JSON.parse('['.repeat(150) + '{"$deepest": true}' + ']'.repeat(150)) as Json;

/** One value with everything in it. */
export const awkwardJson: Json = JSON.parse(
  JSON.stringify({
    'a.b': 1,
    $where: 'sleep(1000)',
    $json: '{"not":"decoded"}',
    ref: { $ref: 'log', $id: 'x' },
    nested: { 'x.$y': [{ $gt: 1 }, { '': 'empty' }] },
    bson: { _bsontype: 'ObjectId', id: 'x' },
    toBSON: { toBSON: 'text' },
    constructor: 'c',
    numbers: [0, 1, 2 ** 31, -(2 ** 53 - 1), 1.5, 1e300],
    texts: ['', 'null\u0000inside', '\ud83d\udc27', '\ud83d', '2020-01-01T00:00:00.000Z'],
    empties: [null, {}, [], false],
    'key\u0000with null': 1,
    deep,
  }).replace('"constructor"', '"__proto__":{"polluted":true},"constructor"'),
) as Json;
