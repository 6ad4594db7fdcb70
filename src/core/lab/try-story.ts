// Tries a story in calm and in hostile weather. Where it fails, what does not matter for the failure is taken away.

import { play, type Played, type Playing } from './play.ts';
import { type Props } from './read-props.ts';
import { type Story } from './story.ts';
import { type Forecast, type Mishap } from './weather.ts';

/** How a story is tried. */
export interface Trying {
  /** What may go wrong; nothing: calm weather alone. */
  readonly mishaps: readonly Mishap[];
  /** In how many weathers, and with which seed the first. */
  readonly seeds: number;
  readonly seed: number;
}

/** What came of it. */
export interface Tried {
  readonly story: Story;
  /** The first play that failed, or the last. */
  readonly played: Played;
  /** In which weather; undefined in calm. */
  readonly seed?: number;
  /** The shortest that still fails, where that is shorter than the story. */
  readonly shrunk?: Played;
}

/** Tries a story; in calm weather first, since what fails there needs no storm to explain it. */
export function tryStory(story: Story, props: Props, { mishaps, seeds, seed }: Trying): Tried {
  const calm = play(story, props, { forecast: { mishaps: [], seed } });
  if (calm.faults.length > 0) return { story, played: calm, ...shrinkActs(calm, props, { mishaps: [], seed }) };
  if (mishaps.length === 0) return { story, played: calm };
  let played = calm;
  for (let next = seed; next < seed + seeds; next++) {
    played = play(story, props, { forecast: { mishaps, seed: next } });
    if (played.faults.length > 0) {
      const struck = shrinkWeather(played, props, { mishaps, seed: next });
      return {
        story,
        played: struck,
        seed: next,
        ...shrinkActs(struck, props, { mishaps, seed: next, only: struck.struck }),
      };
    }
  }
  return { story, played };
}

/** Leaves out one mishap after the other, as long as the same expectation fails. */
function shrinkWeather(failed: Played, props: Props, { mishaps, seed }: Forecast): Played {
  let shortest = failed;
  for (const moment of failed.struck) {
    const only = shortest.struck.filter((other) => other !== moment);
    if (only.length === shortest.struck.length) continue;
    const again = play(failed.story, props, { forecast: { mishaps, seed, only } });
    if (failsAlike(again, failed)) shortest = again;
  }
  return shortest;
}

/**
 * Leaves out what comes behind the failure; after a failure in a storm also one act after the other, as long as the same
 * expectation fails and it is the storm that makes it fail.
 */
function shrinkActs(failed: Played, props: Props, forecast: Forecast): { readonly shrunk?: Played } {
  const { story } = failed;
  const line = failed.faults[0]?.line;
  const last = story.acts.findIndex((act) => act.line === line);
  let kept = last === -1 ? story.acts : story.acts.slice(0, last + 1);
  let shortest = play(story, props, { forecast, acts: kept });
  // In calm weather, what was expected and did not come would be missed all the more without what happened before.
  for (const act of forecast.mishaps.length === 0 ? [] : [...kept].reverse()) {
    if (act.line === line) continue;
    const acts = kept.filter((other) => other !== act);
    const again = play(story, props, { forecast, acts });
    if (!failsAlike(again, failed) || !holdsInCalm(again, props, { forecast, acts })) continue;
    kept = acts;
    shortest = again;
  }
  return kept.length === story.acts.length ? {} : { shrunk: shortest };
}

function holdsInCalm({ story }: Played, props: Props, { forecast, acts }: Required<Playing>): boolean {
  return play(story, props, { forecast: { ...forecast, mishaps: [] }, acts }).faults.length === 0;
}

function failsAlike(one: Played, other: Played): boolean {
  const [first] = other.faults;
  return one.faults.length > 0 && one.faults[0]?.line === first?.line && one.faults[0]?.message === first?.message;
}
