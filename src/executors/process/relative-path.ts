// The one rule of what a path may look like that comes from outside and is used inside a folder of ours.

/** Whether a path stays in the folder it is joined to: relative, `/` between parts, no empty part, no `.` and no `..`. */
export function isInside(path: string): boolean {
  if (path === '' || path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
