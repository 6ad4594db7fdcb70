// A file that a step kept: a link to it, and a look at it here. A page is shown in a frame that may run no script and
// reach nothing; a picture as a picture, in which scripts never run.

import { type ReactElement, useEffect, useState } from 'react';
import { authorisation } from '../../api/ask.ts';
import { type Result, type Showing } from '../../model/results.ts';
import { sizeText } from '../../words/count-words.ts';

const LARGEST_SHOWN = 4_000_000;
const LONGEST_TEXT = 20_000;

/** A file of a step. */
export function ArtifactItem({
  result,
  onSelect,
}: {
  readonly result: Result;
  readonly onSelect?: (stepId: string) => void;
}): ReactElement {
  const { artifact, stepId, showing } = result;
  const [isOpen, setOpen] = useState(false);
  const size = Number(artifact.size);
  const canShow = showing !== 'none' && size <= LARGEST_SHOWN;
  return (
    <li className="artifact">
      <div className="artifact-line">
        <a href={artifact.url} target="_blank" rel="noopener">
          {artifact.path}
          <span className="hidden"> (opens in a new tab)</span>
        </a>
        <span className="quiet number">{sizeText(size)}</span>
        {onSelect === undefined ? null : (
          <button
            type="button"
            className="link-button quiet"
            onClick={() => {
              onSelect(stepId);
            }}
          >
            from {stepId}
          </button>
        )}
        {canShow ? (
          <button
            type="button"
            className="button-quiet"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {isOpen ? 'Hide' : 'Show'}
          </button>
        ) : null}
      </div>
      {isOpen ? <Preview url={artifact.url} name={artifact.path} showing={showing} /> : null}
    </li>
  );
}

type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly url: string }
  | { readonly kind: 'fault'; readonly message: string };

function Preview({
  url,
  name,
  showing,
}: {
  readonly url: string;
  readonly name: string;
  readonly showing: Showing;
}): ReactElement {
  const content = useContent(url, showing);
  if (content === undefined) return <p className="quiet">One moment …</p>;
  if (content.kind === 'fault') return <p role="alert">{content.message}</p>;
  if (content.kind === 'picture') return <img className="preview preview-picture" src={content.url} alt={name} />;
  if (showing === 'page')
    return <iframe className="preview preview-page" sandbox="" srcDoc={content.text} title={name} />;
  const isLong = content.text.length > LONGEST_TEXT;
  return (
    <>
      <pre className="preview block" tabIndex={0}>
        {content.text.slice(0, LONGEST_TEXT)}
      </pre>
      {isLong ? <p className="quiet">Only the beginning is shown here; the link has all of it.</p> : null}
    </>
  );
}

/** Reads the file as the page itself, so that a server that wants a token gets it. */
function useContent(url: string, showing: Showing): Content | undefined {
  const [content, setContent] = useState<Content | undefined>(undefined);
  useEffect(() => {
    const stop = new AbortController();
    let picture: string | undefined;
    const read = async (): Promise<Content> => {
      const response = await fetch(url, { headers: authorisation(), signal: stop.signal });
      if (!response.ok) return { kind: 'fault', message: `The file cannot be read (${String(response.status)}).` };
      if (showing !== 'picture') return { kind: 'text', text: await response.text() };
      picture = URL.createObjectURL(await response.blob());
      return { kind: 'picture', url: picture };
    };
    read().then(setContent, () => {
      if (!stop.signal.aborted)
        setContent({ kind: 'fault', message: 'The file cannot be read: the server cannot be reached.' });
    });
    return () => {
      stop.abort();
      if (picture !== undefined) URL.revokeObjectURL(picture);
    };
  }, [url, showing]);
  return content;
}
