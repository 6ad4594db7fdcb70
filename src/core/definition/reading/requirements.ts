// The packages that a Python step needs: names with versions, and nothing that would make pip look elsewhere or do other things.

import { itemsOf, readText } from './scalars.ts';
import { type Spot, keyOf, report } from './spot.ts';

const MOST_PACKAGES = 100;
const LONGEST = 200;
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const EXTRAS = `(?:\\s*\\[\\s*${NAME}(?:\\s*,\\s*${NAME})*\\s*\\])?`;
const VERSION = '(?:===|==|!=|~=|<=|>=|<|>)\\s*[A-Za-z0-9][A-Za-z0-9.*+!_-]*';
const REQUIREMENT = new RegExp(`^(${NAME})(${EXTRAS})\\s*(${VERSION}(?:\\s*,\\s*${VERSION})*)?$`, 'u');

/** Reads `[pandas, "numpy>=2"]` or one text. What is written differently and means the same gives the same list. */
export function readRequirements(spot: Spot): readonly string[] {
  const items = spot.node.kind === 'list' ? itemsOf(spot) : [spot];
  if (items.length > MOST_PACKAGES) {
    report(
      spot,
      'too-many',
      `A step may require ${String(MOST_PACKAGES)} packages, and this names ${String(items.length)}.`,
    );
    return [];
  }
  const found = new Map<string, string>();
  for (const item of items) {
    const text = readText(item);
    const requirement = text === undefined ? undefined : readRequirement(item, text.trim());
    if (requirement === undefined) continue;
    const before = found.get(requirement.name);
    if (before === undefined) found.set(requirement.name, requirement.text);
    else {
      report(
        item,
        'duplicate-requirement',
        `The package "${requirement.name}" is named twice: "${before}" and "${requirement.text}".`,
        {
          hint: `Put all conditions into one, such as "${requirement.name}>=1.2,<2".`,
        },
      );
    }
  }
  return [...found.values()].sort();
}

function readRequirement(spot: Spot, text: string): { readonly name: string; readonly text: string } | undefined {
  const isFile = /\.(?:txt|whl|gz|zip|toml)$/iu.test(text);
  const parts = text.length > LONGEST || isFile ? null : REQUIREMENT.exec(text);
  const [, name, extras = '', versions = ''] = parts ?? [];
  if (name !== undefined) {
    const plain = name.toLowerCase().replace(/[-_.]+/gu, '-');
    const conditions = versions.replace(/\s+/gu, '').split(',').sort().join(',');
    return { name: plain, text: `${plain}${extras.replace(/\s+/gu, '').toLowerCase()}${conditions}` };
  }
  const { why, hint } = fault(text);
  report(spot, 'bad-requirement', `${keyOf(spot)} cannot be "${text.slice(0, LONGEST)}": ${why}.`, { hint });
  return undefined;
}

interface Fault {
  readonly why: string;
  readonly hint: string;
}

const EXAMPLE = 'Write a package with or without a version: pandas, "pandas==2.2.3", "numpy>=2,<3".';
const SERVER_SETTING =
  'Where packages come from is a setting of the server, such as PIP_INDEX_URL or PIP_FIND_LINKS in its environment.';

/** Why a text is no requirement, the more special first. */
function fault(text: string): Fault {
  if (text === '') return { why: 'it is empty', hint: EXAMPLE };
  if (text.startsWith('-')) return { why: 'options of pip are not taken here', hint: SERVER_SETTING };
  if (/:\/\/|\s@\s|^git\+/u.test(text))
    return { why: 'packages are named, not fetched from an address', hint: SERVER_SETTING };
  if (text.endsWith('.txt')) {
    return {
      why: 'it looks like a file of requirements',
      hint: 'Name the packages themselves: requirements: [pandas, numpy].',
    };
  }
  if (/[/\\]|^\.|\.(?:whl|gz|zip|toml)$/iu.test(text))
    return { why: 'packages are named, not taken from a path', hint: SERVER_SETTING };
  if (text.includes(';')) return { why: 'conditions behind a semicolon are not taken', hint: EXAMPLE };
  const single = /^([^=<>!~\s]+)\s*=\s*([^=\s]+)$/u.exec(text);
  if (single !== null)
    return { why: 'one = is no comparison', hint: `Write "${single[1] ?? ''}==${single[2] ?? ''}".` };
  return { why: 'that is no name of a package', hint: EXAMPLE };
}
