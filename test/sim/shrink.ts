// Leaves out of a history whatever its mistake does not need: choices, strikes and wishes, in halves, quarters and one by one.

import { type Recording } from './choices.ts';

/** Tells whether what is left still shows the mistake. */
export type StillFails = (recording: Recording) => Promise<boolean>;

/** What a history stands on, which is never left out. */
const ground: readonly string[] = ['world', 'timing', 'workflows', 'faults', 'faults last', 'clients', 'cutting'];

/** A history with the same mistake and fewer choices; at most so many are tried. */
export async function shrink(recording: Recording, stillFails: StillFails, most = 100): Promise<Recording> {
  let tries = 0;
  let kept = recording;
  const attempt = async (choices: Recording['choices']): Promise<boolean> => {
    if (tries >= most) return false;
    tries++;
    const smaller = { ...kept, choices };
    if (!(await stillFails(smaller))) return false;
    kept = smaller;
    return true;
  };
  const names = Object.keys(recording.choices).filter((name) => !ground.includes(name));
  await leaveOut(names, (left) => attempt(onlyWith(recording.choices, left)));
  for (const name of Object.keys(kept.choices)) {
    const [list, put] = listIn(kept.choices[name]);
    if (list.length > 0) await leaveOut(list, (left) => attempt({ ...kept.choices, [name]: put(left) }));
  }
  return kept;
}

/** Leaves items out as long as `isEnough` accepts what is left. */
async function leaveOut<T>(items: readonly T[], isEnough: (left: readonly T[]) => Promise<boolean>): Promise<void> {
  let left = items;
  for (let size = left.length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = Math.max(0, left.length - size); ; from = Math.max(0, from - size)) {
      const fewer = [...left.slice(0, from), ...left.slice(from + size)];
      if (fewer.length < left.length && (await isEnough(fewer))) left = fewer;
      if (from === 0) break;
    }
  }
}

function onlyWith(choices: Recording['choices'], names: readonly string[]): Recording['choices'] {
  return Object.fromEntries(Object.entries(choices).filter(([name]) => ground.includes(name) || names.includes(name)));
}

/** The parts of a choice that can be left out one by one, and the choice with other parts. */
function listIn(choice: unknown): readonly [parts: readonly unknown[], put: (parts: readonly unknown[]) => unknown] {
  if (typeof choice === 'object' && choice !== null && 'wishes' in choice && Array.isArray(choice.wishes))
    return [choice.wishes, (wishes) => ({ ...choice, wishes })];
  const isStrikes = Array.isArray(choice) && choice.every((part) => typeof part === 'object' && part && 'at' in part);
  return isStrikes ? [choice, (parts) => parts] : [[], () => choice];
}
