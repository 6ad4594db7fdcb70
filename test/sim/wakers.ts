// The bus and the alarm clock of the simulation: both may lose, double and delay everything they carry.

import { type AlarmClock } from '../../src/ports/alarm-clock.ts';
import { type Bus } from '../../src/ports/bus.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { type Choices } from './choices.ts';
import { type Faults } from './faults.ts';
import { type SimProcess } from './process.ts';

/** A bus that all processes share, and the way to it. */
export interface SimBus {
  seenBy(process: SimProcess): Bus;
}

/** An alarm clock that all processes share, and the way to it. */
export interface SimAlarmClock {
  seenBy(process: SimProcess): AlarmClock;
}

interface Listener {
  readonly channel: string;
  readonly process: SimProcess;
  readonly hear: (message: string) => void;
}

/** Makes a bus. */
export function createSimBus(faults: Faults): SimBus {
  const listeners = new Set<Listener>();
  return {
    seenBy: (process) => ({
      publish: (channel, message) => {
        if (process.isDead()) return;
        for (const listener of listeners) {
          if (listener.channel !== channel) continue;
          for (const delay of faults.deliveries(channel, listener.process)) {
            listener.process.reach(delay, () => {
              if (listeners.has(listener)) listener.hear(message);
            });
          }
        }
      },
      subscribe: (channel, hear) => {
        const listener = { channel, process, hear };
        listeners.add(listener);
        process.onDeath(() => listeners.delete(listener));
        return Promise.resolve(() => void listeners.delete(listener));
      },
      close: () => Promise.resolve(),
    }),
  };
}

/** Makes an alarm clock: an alarm rings at one of the processes that listen. */
export function createSimAlarmClock(time: VirtualTime, choices: Choices, faults: Faults): SimAlarmClock {
  const set = new Set<string>();
  const rung = new Map<SimProcess, (partition: number) => void>();

  function ring(partition: number): void {
    const processes = [...rung.keys()].filter((process) => !process.isDead());
    if (processes.length === 0) return;
    const process =
      processes[choices.choose('ring', 0, (chance) => chance.int(0, processes.length - 1)) % processes.length];
    process?.reach(1, () => rung.get(process)?.(partition));
  }

  return {
    seenBy: (process) => ({
      set: (partition, at) => {
        const key = `${String(partition)}@${String(Math.ceil(at / 1_000))}`;
        if (set.has(key) || process.isDead()) return Promise.resolve();
        set.add(key);
        const rings = faults.now('alarm-loss') ? choices.choose(`alarm ${key}`, [0], drawRings) : [0];
        const late = choices.noise(`alarm ${key}`).next() * 500;
        for (const later of rings) {
          time.after(at - time.now() + late + later, () => {
            ring(partition);
          });
        }
        return Promise.resolve();
      },
      start: (hear) => {
        rung.set(process, hear);
        process.onDeath(() => rung.delete(process));
        return Promise.resolve();
      },
      stop: () => {
        rung.delete(process);
        return Promise.resolve();
      },
    }),
  };
}

/** How much later an alarm rings, once, twice or never. */
function drawRings(chance: Chance): readonly number[] {
  if (chance.is(0.4)) return [];
  const later = chance.is(0.3) ? chance.int(500, 8_000) : 0;
  return chance.is(0.3) ? [later, later] : [later];
}
