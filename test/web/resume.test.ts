// How a watch of the page goes on: nothing seen twice, nothing missed, and no hammering on a server that is away.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { afterEvent, startAt, type WatchEvent, type WatchPlace } from '../../web/src/live/resume.ts';

const seen = (cursor: string): WatchEvent => ({ kind: 'frame', cursor, frame: 'COMMIT' });
const lost: WatchEvent = { kind: 'lost' };

function placeAfter(events: readonly WatchEvent[], from: WatchPlace = startAt(undefined)): WatchPlace {
  return events.reduce((place, event) => afterEvent(place, event, 0).place, from);
}

describe('a watch', () => {
  it('resumes behind the last change that it saw', () => {
    const step = afterEvent(placeAfter([seen('0:1.0'), seen('0:2.0')]), lost, 1);
    expect(step.place.after).toBe('0:2.0');
    expect(step.move).toEqual({ kind: 'subscribe', delayMs: 400 });
  });

  it('moves on with a heartbeat, and shows nothing', () => {
    const step = afterEvent(startAt('0:1.0'), { kind: 'frame', cursor: '0:9.0', frame: 'HEARTBEAT' }, 0);
    expect(step).toEqual({ place: { after: '0:9.0', failures: 0 }, move: { kind: 'ignore' } });
  });

  it('subscribes again at once, behind the cursor that it was given, when it was too slow', () => {
    const step = afterEvent(startAt('0:1.0'), { kind: 'frame', cursor: '0:5.0', frame: 'LAGGED' }, 0.5);
    expect(step).toEqual({ place: { after: '0:5.0', failures: 0 }, move: { kind: 'subscribe', delayMs: 0 } });
  });

  it('asks for the whole picture again only when its cursor is too old', () => {
    const step = afterEvent(startAt('0:1.0'), { kind: 'refused', code: 'CURSOR_EXPIRED' }, 0);
    expect(step).toEqual({ place: { after: undefined, failures: 0 }, move: { kind: 'start-over' } });
  });

  it.each(['NOT_FOUND', 'UNAUTHENTICATED', 'GRAPHQL_VALIDATION_FAILED'])(
    'gives up on %s, which a repeat would meet again',
    (code) => {
      expect(afterEvent(startAt('0:1.0'), { kind: 'refused', code }, 0).move).toEqual({ kind: 'give-up', code });
    },
  );

  it.each(['UNAVAILABLE', 'OVERLOADED', 'INTERNAL'])('tries again after %s', (code) => {
    expect(afterEvent(startAt('0:1.0'), { kind: 'refused', code }, 0).move.kind).toBe('subscribe');
  });

  it('believes the end of a stream only when it may end', () => {
    expect(afterEvent(startAt('0:1.0'), { kind: 'complete', isWanted: false }, 0).move).toEqual({ kind: 'end' });
    expect(afterEvent(startAt('0:1.0'), { kind: 'complete', isWanted: true }, 0).move.kind).toBe('subscribe');
  });

  it('waits longer from one failure to the next, never longer than ten seconds, and starts small again after a change', () => {
    let place = startAt('0:1.0');
    let before = 0;
    for (let failure = 0; failure < 20; failure += 1) {
      const step = afterEvent(place, lost, 1);
      const delay = step.move.kind === 'subscribe' ? step.move.delayMs : Number.NaN;
      expect(delay).toBeGreaterThanOrEqual(before);
      expect(delay).toBeLessThanOrEqual(10_000);
      [place, before] = [step.place, delay];
    }
    expect(placeAfter([seen('0:2.0')], place)).toEqual({ after: '0:2.0', failures: 0 });
  });

  it('never forgets the last cursor, whatever breaks in whatever order', () => {
    const event = fc.oneof<fc.Arbitrary<WatchEvent>[]>(
      fc.nat(1_000).map((place) => seen(`0:${String(place)}.0`)),
      fc.constant(lost),
      fc.constant<WatchEvent>({ kind: 'complete', isWanted: true }),
      fc.constant<WatchEvent>({ kind: 'refused', code: 'UNAVAILABLE' }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const last = events.findLast((one) => one.kind === 'frame');
        expect(placeAfter(events).after).toBe(last?.cursor);
      }),
    );
  });
});
