// A printed line as plain text: terminal colours and cursor movements are taken out, and a progress bar shows its last state.

const ESCAPES = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-_])/gu;

/** The line as a person would see it in a terminal. */
export function logText(line: string): string {
  const plain = line.replace(ESCAPES, '').replace(/\r+$/u, '');
  return plain.slice(plain.lastIndexOf('\r') + 1);
}
