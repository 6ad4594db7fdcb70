// Containers of `kubernetes` steps: images and amounts as Kubernetes writes them, templates whose names exist, and secrets in `env`
// alone: whoever may look at a pod sees everything else of it.

import { AMOUNTS, type Amount, type PodDefinition } from '../kubernetes-work.ts';
import { type NameFault } from '../name-fault.ts';
import { type Scope, templateNameFault } from '../names.ts';
import { type Problem } from '../problem.ts';
import { type Subject } from '../subject.ts';
import { type NameCheck, templateProblems } from './expression-problems.ts';

/** Checks every container. */
export function kubernetesSteps(subject: Subject): readonly Problem[] {
  return subject.steps.flatMap((placed) => {
    const { work } = placed.step;
    if (work.kind !== 'kubernetes' || work.pod === undefined) return [];
    const path = [...placed.path, 'kubernetes'];
    if (subject.isDoubtful(...path) || subject.isDoubtful(...placed.path, 'work')) return [];
    const { pod } = work;
    return [
      ...nameProblems(pod, withoutSecrets(subject.scopeOf(placed)), path),
      ...imageProblems(pod, path),
      ...AMOUNTS.flatMap((name) => amountProblems(name, pod[name], [...path, name])),
    ];
  });
}

function nameProblems(pod: PodDefinition, faultOf: NameCheck, path: readonly string[]): readonly Problem[] {
  const { command = [], args = [], ...texts } = pod;
  const one = (text: string, place: readonly string[]): readonly Problem[] =>
    templateProblems(text, faultOf, [...path, ...place]);
  return [
    ...Object.entries(texts).flatMap(([key, text]) => one(text, [key])),
    ...command.flatMap((text, index) => one(text, ['command', String(index)])),
    ...args.flatMap((text, index) => one(text, ['args', String(index)])),
  ];
}

function withoutSecrets(scope: Scope): NameCheck {
  return (path) => (path[0] === 'secrets' ? secretOutsideEnv(path) : templateNameFault(path, scope));
}

function secretOutsideEnv([, name = 'token']: readonly string[]): NameFault {
  return {
    message: 'Of a `kubernetes` step, a secret may only stand in `env`: everything else of a pod is shown.',
    hint: `Write env: { TOKEN: "\${secrets.${name}}" }, and let the program read the variable.`,
  };
}

/** `registry.example.org:5000/team/train:1.4@sha256:…`, with places to fill in. */
const IMAGE = /^[a-z0-9$][\w.\-/:@${}]*$/iu;

function imageProblems({ image }: PodDefinition, owner: readonly string[]): readonly Problem[] {
  if (IMAGE.test(image)) return [];
  return [
    {
      rule: 'bad-image',
      message: `"${image.slice(0, 80)}" cannot be the name of an image.`,
      hint: 'It is a place with a tag or a digest, as in python:3.12 or registry.example.org/team/train:1.4. What is started in it stands under `command`.',
      path: [...owner, 'image'],
    },
  ];
}

const AMOUNT: Readonly<Record<Amount, RegExp>> = {
  cpu: /^(?:\d+(?:\.\d{1,3})?|\d+m)$/u,
  memory: /^\d+(?:\.\d+)?(?:[KMGTPE]i|[kMGTPE])?$/u,
  disk: /^\d+(?:\.\d+)?(?:[KMGTPE]i|[kMGTPE])?$/u,
  gpu: /^\d+$/u,
};
const FOR_EXAMPLE: Readonly<Record<Amount, string>> = {
  cpu: '2, or 500m for half of one',
  memory: '4Gi or 500Mi',
  disk: '10Gi',
  gpu: '1, a whole number',
};
/** Less than this many bytes of memory or disk is a unit forgotten, not a wish. */
const FEWEST_BYTES = 1_000_000;

function amountProblems(name: Amount, text: string | undefined, path: readonly string[]): readonly Problem[] {
  if (text === undefined || text.includes('${')) return [];
  if (!AMOUNT[name].test(text)) {
    const message = `\`${name}\` cannot be "${text.slice(0, 40)}".`;
    return [{ rule: 'bad-amount', message, hint: `Write ${FOR_EXAMPLE[name]}.${meant(text)}`, path }];
  }
  const isBytes = name === 'memory' || name === 'disk';
  if (!isBytes || Number(text) >= FEWEST_BYTES || Number.isNaN(Number(text))) return [];
  const message = `\`${name}: ${text}\` would be ${text} bytes.`;
  return [{ rule: 'bad-amount', message, hint: `Did you mean ${text}Gi?`, path }];
}

/** `4GB`, `512mb` and `4g` are how others write it. */
function meant(text: string): string {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt])i?b?$/iu.exec(text) ?? [];
  return number === undefined || unit === undefined ? '' : ` Did you mean ${number}${unit.toUpperCase()}i?`;
}
