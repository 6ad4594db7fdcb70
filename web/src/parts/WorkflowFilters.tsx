// What the list of workflows is narrowed by, and its order: all of it is in the address.

import { type ReactElement, type SyntheticEvent } from 'react';
import { WORKFLOW_CHOICES } from '../api/documents.ts';
import { useAnswer } from '../api/use-answer.ts';
import { stayAt } from '../routing/location.ts';
import { type WorkflowsRoute } from '../routing/route.ts';
import { StatusChips } from './StatusChips.tsx';

const ALL = { first: 100 };
const TRIGGERS = [
  { value: 'active', label: 'active' },
  { value: 'paused', label: 'paused' },
] as const;
const ORDERS = [
  { value: 'last-active', label: 'last active first' },
  { value: 'name', label: 'by name' },
  { value: 'oldest', label: 'oldest first' },
] as const;

/** The controls; each change changes the address, and with it the list. */
export function WorkflowFilters({ route }: { readonly route: WorkflowsRoute }): ReactElement {
  const known = useAnswer(WORKFLOW_CHOICES, ALL).data?.workflows.nodes ?? [];
  const owners = choicesOf(known.flatMap(({ owner }) => owner ?? []));
  const labels = choicesOf(
    known.flatMap(({ labels: own }) => Object.entries(own).map(([name, value]) => `${name}=${value}`)),
  );
  const change = (changed: Partial<WorkflowsRoute>): void => {
    stayAt({ ...route, ...changed });
  };
  const search = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).get('text');
    change({ text: typeof wanted === 'string' ? wanted.trim() : '' });
  };
  return (
    <div className="filters">
      <div className="field-inline filters-text">
        <span>Last run</span>
        <StatusChips
          label="Last run"
          status={route.status}
          onChange={(status) => {
            change({ status });
          }}
        />
      </div>
      <Choice
        label="Owner"
        value={route.owner}
        none="anybody"
        choices={owners}
        onChange={(owner) => {
          change({ owner });
        }}
      />
      <Choice
        label="Label"
        value={route.label}
        none="any"
        choices={labels}
        onChange={(label) => {
          change({ label });
        }}
      />
      <Choice
        label="Triggers"
        value={route.triggers}
        none="any"
        choices={TRIGGERS}
        onChange={(triggers) => {
          change({ triggers });
        }}
      />
      <Choice
        label="Order"
        value={route.order}
        none="newest first"
        choices={ORDERS}
        onChange={(order) => {
          change({ order });
        }}
      />
      <form role="search" className="filters-text" onSubmit={search}>
        <label className="field-inline">
          <span>Mentions</span>
          <input
            key={route.text}
            type="search"
            name="text"
            defaultValue={route.text ?? ''}
            placeholder="name, owner, label"
            title="In the id, the name, the owner and the labels. Enter searches."
          />
        </label>
      </form>
    </div>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** Each once, from A to Z. */
function choicesOf(texts: readonly string[]): readonly Option[] {
  return [...new Set(texts)].sort((a, b) => a.localeCompare(b)).map((text) => ({ value: text, label: text }));
}

function Choice({
  label,
  value = '',
  none,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly none: string;
  readonly choices: readonly Option[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  const isListed = value === '' || choices.some((choice) => choice.value === value);
  const all = isListed ? choices : [{ value, label: value }, ...choices];
  return (
    <label className="field-inline">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">{none}</option>
        {all.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
