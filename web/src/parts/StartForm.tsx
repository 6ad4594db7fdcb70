// Starts a run: a field for each declared parameter, already filled with what it is otherwise.

import { type SyntheticEvent, type ReactElement, useState } from 'react';
import { ask } from '../api/ask.ts';
import { START_RUN } from '../api/documents.ts';
import { newKey } from '../api/new-key.ts';
import { type ParamDeclaration } from '../api/shapes.ts';
import { problemsOf, useAction } from '../api/use-action.ts';
import { goTo } from '../routing/location.ts';
import { fieldText, typedValue } from '../words/value-text.ts';
import { UserErrors } from './UserErrors.tsx';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  long: 'whole number',
  double: 'number',
  boolean: 'true or false',
};

/** Modes in which only the definition says the value. */
const FIXED: readonly string[] = ['IMMUTABLE', 'CONSTANT'];

/** The form; after the start it leads to the run. */
export function StartForm({
  workflowId,
  params: declared,
}: {
  readonly workflowId: string;
  readonly params: readonly ParamDeclaration[];
}): ReactElement {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const { isBusy, problems, act } = useAction();
  const params = declared.filter(({ mode }) => !FIXED.includes(mode));
  // One key for as long as the form stands as it is: a second click, or a lost answer, starts no second run.
  const [key, setKey] = useState(newKey);
  const readings = params.map((param) => ({
    param,
    text: texts[param.name],
    read: typedValue(texts[param.name] ?? fieldText(param.value), param.type),
  }));
  const start = (event: SyntheticEvent): void => {
    event.preventDefault();
    const given = readings.flatMap(({ param, text, read }) =>
      text !== undefined && read.kind === 'value' ? [[param.name, read.value]] : [],
    );
    act(async () => {
      const answer = await ask(START_RUN, {
        input: { workflowId, params: Object.fromEntries(given) as Record<string, unknown>, idempotencyKey: key },
      });
      if ('data' in answer) {
        setKey(newKey());
        if (answer.data.startRun.run !== null) goTo(answer.data.startRun.run.url);
      }
      return problemsOf(answer, (data) => data.startRun.errors);
    });
  };
  const isWrong = readings.some(({ read }) => read.kind === 'wrong');
  return (
    <section>
      <h2>Start a run</h2>
      <form className="card form" onSubmit={start}>
        {params.length === 0 ? <p className="quiet">It takes no parameters.</p> : null}
        {readings.map(({ param, text, read }) => (
          <ParamField
            key={param.name}
            param={param}
            text={text ?? fieldText(param.value)}
            problem={read.kind === 'wrong' ? read.message : undefined}
            onChange={(changed) => {
              setKey(newKey());
              setTexts((before) => ({ ...before, [param.name]: changed }));
            }}
          />
        ))}
        <UserErrors errors={problems} />
        <button type="submit" className="button button-strong" disabled={isBusy || isWrong}>
          {isBusy ? 'Starting …' : 'Start'}
        </button>
      </form>
    </section>
  );
}

function ParamField({
  param: { name, type, value, expression },
  text,
  problem,
  onChange,
}: {
  readonly param: ParamDeclaration;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}): ReactElement {
  const isRequired = value === null && expression === null;
  const noteId = `note-${name}`;
  return (
    <label className="field">
      <span>
        {name}{' '}
        <span className="quiet">
          {TYPE_WORDS[type] ?? type.replace('_', ' ')}
          {isRequired ? ', needed' : ''}
          {expression === null ? '' : ', worked out if left empty'}
        </span>
      </span>
      {type === 'boolean' ? (
        <select
          value={text}
          required={isRequired}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {value === null ? <option value="" /> : null}
          <option>true</option>
          <option>false</option>
        </select>
      ) : (
        <input
          value={text}
          required={isRequired}
          placeholder={expression ?? undefined}
          inputMode={type === 'long' ? 'numeric' : type === 'double' ? 'decimal' : 'text'}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : noteId}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      {problem === undefined ? null : (
        <span id={noteId} className="field-problem">
          {problem}
        </span>
      )}
    </label>
  );
}
