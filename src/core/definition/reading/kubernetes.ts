// Steps that run as a pod: `kubernetes: image:tag`, or a map with the image, what is started in it and what it may use.

import { AMOUNTS, type KubernetesWork, type PodDefinition } from '../kubernetes-work.ts';
import { KUBERNETES_KEYS } from '../kubernetes-schema.ts';
import { type Fields, readFields, textAt } from './fields.ts';
import { itemsOf, readLooseText, readText } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

const EXAMPLE = 'kubernetes: { image: "python:3.12", command: [python, -c, "print(1)"], memory: 1Gi }';

/** Reads the container, and what it may use. */
export function readKubernetes(spot: Spot): KubernetesWork | undefined {
  if (spot.node.kind !== 'map') {
    const image = readText(spot);
    return image === undefined ? undefined : { kind: 'kubernetes', pod: { image } };
  }
  const fields = readFields(spot, { what: '`kubernetes`', keys: KUBERNETES_KEYS });
  if (fields === undefined) return undefined;
  if (!fields.has('image')) {
    report(spot, 'missing-key', '`kubernetes` needs an `image`.', { hint: `For example ${EXAMPLE}` });
    doubt(spot.reading, spot.path);
    return undefined;
  }
  const image = textAt(fields, 'image');
  return image === undefined ? undefined : { kind: 'kubernetes', pod: { image, ...readRest(fields) } };
}

function readRest(fields: Fields): Omit<PodDefinition, 'image'> {
  const command = readWords(fields.get('command'));
  const args = readWords(fields.get('args'));
  const serviceAccount = textAt(fields, 'serviceAccount');
  const amounts = AMOUNTS.flatMap((name): readonly (readonly [string, string])[] => {
    const field = fields.get(name);
    const text = field && readLooseText(field);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    ...Object.fromEntries(amounts),
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  };
}

/** The words of a command line, one by one: where they are divided must not depend on what is filled in. */
function readWords(spot: Spot | undefined): readonly string[] | undefined {
  if (spot === undefined) return undefined;
  if (spot.node.kind === 'list') return itemsOf(spot).flatMap((item) => readLooseText(item) ?? []);
  report(spot, 'wrong-type', `${keyOf(spot)} must be a list of words, and this is ${nodeName(spot.node)}.`, {
    hint: 'Write [python, train.py], or for a line of shell: [sh, -c, "python train.py | tee log"].',
  });
  doubt(spot.reading, spot.path);
  return undefined;
}
