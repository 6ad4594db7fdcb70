// Seeds that once found a mistake in the engine, each with what it was. They are always run first.

const found: readonly (readonly [seed: number, mistake: string])[] = [
  [15, 'an attempt whose commit became durable after its host had lost the partition was never started'],
  [16, 'a wake that nobody could take was repeated without a pause, and time stood still'],
  [27, 'a node that claimed a partition and could not open it never tried again unless it led'],
  [32, 'a checkpoint was saved ahead of the rows of blocks that waited to be verified'],
  [152, 'a read that waited for a commit got no answer when the partition was lost'],
  [178, 'a host that took a partition back started an attempt again that had ended: its report was still in the inbox'],
  [233, 'a step that ended during a hand-over went out again, since its report was still in the inbox'],
  [301, 'messages were taken while a partition was drained, behind one that was turned away'],
  [2417, 'an owner that was superseded refused a report and removed it from the inbox'],
];

/** The seeds. A change of the simulation gives them another life; the mistake they are kept for is in `found`. */
export const corpus: readonly number[] = found.map(([seed]) => seed);
