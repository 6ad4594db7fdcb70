// Job templates among templates: each version that has a name of its own is a template by itself, `<job type>.<version>`; the
// version `default` is `<job type>` alone.

/** The version that is meant where nothing is said. */
export const DEFAULT_VERSION = 'default';

/** The id of the template that a version of a job template is. */
export function jobTemplateId(jobType: string, version: string = DEFAULT_VERSION): string {
  return version === DEFAULT_VERSION || version === '' ? jobType : `${jobType}.${version}`;
}
