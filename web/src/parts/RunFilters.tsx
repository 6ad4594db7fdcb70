// What the list of runs is narrowed by: status, workflow, time and text. All of it is in the address.

import { type ReactElement, type SyntheticEvent } from 'react';
import { stayAt } from '../routing/location.ts';
import { type RunsRoute } from '../routing/route.ts';
import { StatusChips } from './StatusChips.tsx';

const TIMES = [
  { since: '1h', label: 'the last hour' },
  { since: '1d', label: 'the last day' },
  { since: '7d', label: 'the last week' },
  { since: '30d', label: 'the last 30 days' },
] as const;

/** The controls; each change changes the address, and with it the list. */
export function RunFilters({
  route,
  workflows,
}: {
  readonly route: RunsRoute;
  readonly workflows: readonly string[];
}): ReactElement {
  const { workflow, since, text } = route;
  const change = (changed: Partial<RunsRoute>): void => {
    stayAt({ ...route, ...changed });
  };
  const search = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).get('text');
    change({ text: typeof wanted === 'string' ? wanted.trim() : '' });
  };
  const names = workflow === undefined || workflows.includes(workflow) ? workflows : [workflow, ...workflows];
  return (
    <div className="filters">
      <StatusChips
        label="Status"
        status={route.status}
        onChange={(status) => {
          change({ status });
        }}
      />
      <label className="field-inline">
        <span>Workflow</span>
        <select
          value={workflow ?? ''}
          onChange={(event) => {
            change({ workflow: event.target.value });
          }}
        >
          <option value="">all</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="field-inline">
        <span>Requested in</span>
        <select
          value={since ?? ''}
          onChange={(event) => {
            change({ since: event.target.value });
          }}
        >
          <option value="">any time</option>
          {TIMES.map((time) => (
            <option key={time.since} value={time.since}>
              {time.label}
            </option>
          ))}
        </select>
      </label>
      <form role="search" className="filters-text" onSubmit={search}>
        <label className="field-inline">
          <span>Mentions</span>
          <input
            key={text}
            type="search"
            name="text"
            defaultValue={text ?? ''}
            placeholder="label, person, signal"
            title="In the workflow, the labels, and what or who started the run. Enter searches."
          />
        </label>
      </form>
    </div>
  );
}
