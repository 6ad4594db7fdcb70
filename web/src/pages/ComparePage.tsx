// Two runs side by side: how they ended, what they were given, how each step went, what they gave, what was defined otherwise.

import { type ReactElement, useMemo } from 'react';
import { COMPARE, type ComparedRun, type Comparison, type Difference, type Standing } from '../api/admin-documents.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Duration } from '../parts/Moment.tsx';
import { StatusBadge } from '../parts/StatusBadge.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Link } from '../routing/Link.tsx';
import { shortId } from '../routing/route.ts';
import { durationText } from '../words/duration.ts';
import { sentence } from '../words/sentence.ts';
import { runWords, stepWords } from '../words/status-words.ts';

/** The page that compares two runs. */
export function ComparePage({ a, b }: { readonly a: string; readonly b: string }): ReactElement {
  const answer = useAnswer(
    COMPARE,
    useMemo(() => ({ a, b }), [a, b]),
  );
  const comparison = answer.data?.compareRuns;
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/">Runs</Link>
      </p>
      <h1>{a === '' || b === '' ? 'Two runs' : `${a} and ${b}`}</h1>
      {comparison === undefined ? <Unanswered answer={answer} /> : null}
      {comparison === null ? (
        <p>
          One of them is not there. <Link href="/">All runs</Link>
        </p>
      ) : null}
      {comparison === undefined || comparison === null ? null : <SideBySide comparison={comparison} />}
    </div>
  );
}

function SideBySide({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const { a, b, params, outputs, steps, definition } = comparison;
  return (
    <>
      <table className="compared">
        <thead>
          <tr>
            <td />
            <th scope="col">
              <Link href={a.url}>{shortId(a.id)}</Link>
            </th>
            <th scope="col">
              <Link href={b.url}>{shortId(b.id)}</Link>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Run</th>
            <RunCell run={a} />
            <RunCell run={b} />
          </tr>
          {params.map((param) => (
            <ValueRow key={`param ${param.name}`} kind="Parameter" value={param} />
          ))}
          {steps.map((step) => (
            <tr key={`step ${step.stepId}`}>
              <th scope="row">
                {step.stepId}
                {step.isSame ? null : <Differs />}
              </th>
              <StepCell standing={step.a} />
              <StepCell standing={step.b} />
            </tr>
          ))}
          {outputs.map((output) => (
            <ValueRow key={`output ${output.name}`} kind="Output" value={output} />
          ))}
        </tbody>
      </table>
      <section>
        <h2>Their definitions</h2>
        {definition.length === 0 ? <p className="quiet">They are the same.</p> : null}
        <ul className="plain-list">
          {definition.map(({ kind, subject, name, details }) => (
            <li key={`${subject} ${name}`}>
              {sentence(kind.toLowerCase())} {subject.toLowerCase()} <code>{name}</code>
              <ul className="quiet">
                {details.map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function RunCell({ run }: { readonly run: ComparedRun }): ReactElement {
  return (
    <td>
      <StatusBadge words={runWords(run.status)} /> version {run.version}
      {run.startedAt === null ? null : (
        <>
          , <Duration from={run.startedAt} to={run.endedAt} />
        </>
      )}
    </td>
  );
}

function StepCell({ standing }: { readonly standing: Standing | null }): ReactElement {
  if (standing === null) return <td className="quiet">no such step</td>;
  const { status, durationMs, tries } = standing;
  return (
    <td>
      <StatusBadge words={stepWords(status)} />
      {durationMs === null ? null : ` ${durationText(durationMs)}`}
      {tries > 1 ? `, ${String(tries)} tries` : null}
    </td>
  );
}

function ValueRow({ kind, value }: { readonly kind: string; readonly value: Difference }): ReactElement {
  return (
    <tr>
      <th scope="row">
        {kind} <code>{value.name}</code>
        <Differs />
      </th>
      <td>{shown(value.a)}</td>
      <td>{shown(value.b)}</td>
    </tr>
  );
}

function Differs(): ReactElement {
  return (
    <>
      {' '}
      <span className="label">differs</span>
    </>
  );
}

function shown(value: unknown): ReactElement {
  return value === null || value === undefined ? (
    <span className="quiet">–</span>
  ) : (
    <code>{JSON.stringify(value)}</code>
  );
}
