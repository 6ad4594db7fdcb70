// Ids out of the names of files and folders: lower case, letters and digits, one dash for whatever else stands between them.

const LONGEST = 60;

/** `03 Train_Model.v2.py` without its ending → `train-model-v2`; `fallback` where nothing is left. */
export function slugOf(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, LONGEST)
    .replace(/-$/u, '');
  if (plain === '') return fallback;
  return /^[a-z]/u.test(plain) && !plain.startsWith('maestro') ? plain : `${fallback}-${plain}`;
}

/** The ids of steps by the names of their scripts: without the number that orders them, and no two alike. */
export function stepIds(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const id = slugOf(withoutNumber(name), 'step');
    const wanted = id === 'step' ? `step-${String(index + 1)}` : id;
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted}-${String(count)}`;
    taken.add(free);
    return free;
  });
}

/** `01_fetch` → `fetch`, but `2024` stays. */
function withoutNumber(name: string): string {
  return name.replace(/^(?:(?:step|stage|part)[-_ ]?)?\d+[^\p{L}\d]*(?=\p{L})/iu, '');
}
