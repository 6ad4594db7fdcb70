// A step that is nested in a loop, however deep, in all its iterations as one list: filtered by how it stands there and by the
// values of the loops, a page at a time.

import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { type StepState } from '../../api/shapes.ts';
import { type AnswerState, useAnswer } from '../../api/use-answer.ts';
import {
  FLATTENED,
  FLATTENED_SUMMARY,
  type FlattenedIteration,
  NESTED_STEPS,
  type NestedStep,
} from '../../api/view-documents.ts';
import { useAfterward } from '../../live/use-afterward.ts';
import { Duration } from '../../parts/Moment.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Unanswered } from '../../parts/Unanswered.tsx';
import { ValuesLine } from '../../parts/Values.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOfId } from '../../routing/route.ts';
import { stepWords } from '../../words/status-words.ts';
import { valueText } from '../../words/value-text.ts';

const PAGE = 20;

interface FlattenedOptions {
  /** The loop. */
  readonly step: StepState;
  /** Changes with the run and with what is nested in it. */
  readonly stamp: string;
}

/** The steps inside a loop, one at a time. */
export function Flattened({ step, stamp }: FlattenedOptions): ReactElement | null {
  const answer = useAnswer(
    NESTED_STEPS,
    useMemo(() => ({ id: step.id }), [step.id]),
  );
  const nested = answer.data?.step?.nestedSteps ?? [];
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const shown = nested.find(({ stepId }) => stepId === wanted) ?? nested.at(-1);
  if (shown === undefined) return null;
  return (
    <section>
      <h3>{shown.stepId} in all its iterations</h3>
      {nested.length === 1 ? null : (
        <div className="choices" role="group" aria-label="Which step">
          {nested.map(({ stepId }) => (
            <button
              key={stepId}
              type="button"
              className="attempt"
              aria-pressed={stepId === shown.stepId}
              onClick={() => {
                setWanted(stepId);
              }}
            >
              {stepId}
            </button>
          ))}
        </div>
      )}
      <Chosen key={shown.stepId} loop={step} nested={shown} stamp={stamp} />
    </section>
  );
}

/** What the list is narrowed to: a status, and a value of some loops, as it is written. */
interface Narrowed {
  readonly status: string | undefined;
  readonly values: Readonly<Record<string, string>>;
}

function Chosen({
  loop,
  nested,
  stamp,
}: {
  readonly loop: StepState;
  readonly nested: NestedStep;
  readonly stamp: string;
}): ReactElement {
  const [narrowed, setNarrowed] = useState<Narrowed>({ status: undefined, values: {} });
  const answer = useAnswer(
    FLATTENED_SUMMARY,
    useMemo(() => ({ id: loop.id, step: nested.stepId }), [loop.id, nested.stepId]),
  );
  useAgain(answer, stamp);
  const summary = answer.data?.step?.flattened?.summary;
  return (
    <>
      <div className="choices narrowing">
        <label>
          <span className="quiet">Status</span>{' '}
          <select
            value={narrowed.status ?? ''}
            onChange={({ target }) => {
              setNarrowed({ ...narrowed, status: target.value === '' ? undefined : target.value });
            }}
          >
            <option value="">All</option>
            {(summary?.counts ?? []).map(({ status, count }) => (
              <option key={status} value={status}>
                {stepWords(status).text} ({count.toLocaleString('en')})
              </option>
            ))}
          </select>
        </label>
        {nested.loopParams.map((name) => (
          <Value
            key={name}
            name={name}
            known={summary?.loopParams[name] ?? []}
            value={narrowed.values[name] ?? ''}
            onChange={(value) => {
              const { [name]: _, ...others } = narrowed.values;
              setNarrowed({ ...narrowed, values: value === '' ? others : { ...others, [name]: value } });
            }}
          />
        ))}
      </div>
      <Pages key={JSON.stringify(narrowed)} loop={loop} step={nested.stepId} narrowed={narrowed} stamp={stamp} />
    </>
  );
}

/** A value of a loop, typed or taken from those that there are. */
function Value({
  name,
  known,
  value,
  onChange,
}: {
  readonly name: string;
  readonly known: readonly unknown[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const [text, setText] = useState(value);
  return (
    <label>
      <span className="quiet">{name}</span>{' '}
      <input
        list={`values-of-${name}`}
        value={text}
        size={10}
        placeholder="any"
        onChange={({ target }) => {
          setText(target.value);
          if (target.value === '' || known.some((one) => valueText(one) === target.value)) onChange(target.value);
        }}
        onBlur={() => {
          onChange(text);
        }}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onChange(text);
        }}
      />
      <datalist id={`values-of-${name}`}>
        {known.map((one) => (
          <option key={valueText(one)} value={valueText(one)} />
        ))}
      </datalist>
    </label>
  );
}

function Pages({
  loop,
  step,
  narrowed,
  stamp,
}: {
  readonly loop: StepState;
  readonly step: string;
  readonly narrowed: Narrowed;
  readonly stamp: string;
}): ReactElement {
  // Behind which cursor each page begins, up to the one that is shown.
  const [begins, setBegins] = useState<readonly (string | undefined)[]>([undefined]);
  const after = begins.at(-1);
  const filter = useMemo(() => filterOf(narrowed), [narrowed]);
  const answer = useAnswer(
    FLATTENED,
    useMemo(() => ({ id: loop.id, step, first: PAGE, after, filter }), [loop.id, step, after, filter]),
  );
  useAgain(answer, stamp);
  const page = answer.data?.step?.flattened;
  if (page === null || page === undefined) return <Unanswered answer={answer} />;
  const { nodes, totalCount, pageInfo } = page;
  const end = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  return (
    <>
      {nodes.length === 0 ? (
        <p className="quiet">{end === null ? 'None just now.' : 'None so far; look further.'}</p>
      ) : (
        <Table iterations={nodes} />
      )}
      {begins.length === 1 && end === null ? null : (
        <p className="pages">
          <button
            type="button"
            className="button"
            disabled={begins.length === 1}
            onClick={() => {
              setBegins(begins.slice(0, -1));
            }}
          >
            ← Before
          </button>
          <span className="quiet number">{totalCount === null ? '' : `${totalCount.toLocaleString('en')} in all`}</span>
          <button
            type="button"
            className="button"
            disabled={end === null}
            onClick={() => {
              if (end !== null) setBegins([...begins, end]);
            }}
          >
            Next →
          </button>
        </p>
      )}
    </>
  );
}

function Table({ iterations }: { readonly iterations: readonly FlattenedIteration[] }): ReactElement {
  return (
    <table className="iterations">
      <thead>
        <tr>
          <th scope="col">Iteration</th>
          <th scope="col">Values</th>
          <th scope="col">Status</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {iterations.map((iteration) => (
          <Row key={iteration.id} iteration={iteration} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ iteration }: { readonly iteration: FlattenedIteration }): ReactElement {
  const { id, indexes, loopParams, status, attempts, keptFrom, startedAt, endedAt } = iteration;
  const text = indexes.map((index) => `[${String(index)}]`).join('');
  return (
    <tr className="row">
      <th scope="row" className="number">
        <Link href={addressOfId(id) ?? '/'} className="stretched" aria-label={`Iteration ${indexes.join(', ')}`}>
          {text}
        </Link>
      </th>
      <td>
        <ValuesLine values={loopParams} />
      </td>
      <td>
        <StatusBadge words={stepWords(status)} />
        {attempts < 2 ? null : <span className="quiet kept-from">{attempts} tries</span>}
        {keptFrom === null ? null : <span className="quiet kept-from">from attempt {keptFrom}</span>}
      </td>
      <td className="iteration-length">{startedAt === null ? null : <Duration from={startedAt} to={endedAt} />}</td>
    </tr>
  );
}

/** Asks again a moment after the run has changed. */
function useAgain({ askAgain }: Pick<AnswerState<unknown>, 'askAgain'>, stamp: string): void {
  const again = useAfterward(askAgain);
  const seen = useRef(stamp);
  useEffect(() => {
    if (seen.current !== stamp) again();
    seen.current = stamp;
  }, [stamp, again]);
}

function filterOf({ status, values }: Narrowed): {
  readonly statuses?: readonly string[];
  readonly loopParams?: Readonly<Record<string, readonly unknown[]>>;
} {
  const names = Object.entries(values);
  return {
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(names.length === 0 ? {} : { loopParams: Object.fromEntries(names.map(([name, value]) => [name, [value]])) }),
  };
}
