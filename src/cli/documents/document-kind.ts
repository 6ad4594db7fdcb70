// What the command line can do with documents that are no workflows: one for each `kind`.

import { type Refusal } from '../../core/refusal.ts';
import { type SourceDocument, type UploadedFile } from './documents.ts';
import { type Session } from '../session.ts';
import { type SourceProblem } from './source-problem.ts';

/** A document that is no workflow, ready to go up. */
export interface LoadedDocument extends SourceDocument {
  /** The word under `kind`. */
  readonly kind: string;
  /** The definition file as the user named it. */
  readonly file: string;
  readonly id: string;
  readonly uploads: readonly UploadedFile[];
}

/** What reading a document says without a server. */
export interface ReadDocument {
  readonly id: string;
  /** The files that must go up with it. */
  readonly filesWanted: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What `apply` may be told. */
export interface ApplyDocumentOptions {
  readonly reason?: string;
  /** Contracts also where they refuse what they accepted before. */
  readonly force?: boolean;
}

/** A kind of document. What is applied or planned prints itself, and answers what is wrong. */
export interface DocumentKind {
  readonly read: (text: string) => ReadDocument;
  readonly apply: (
    session: Session,
    document: LoadedDocument,
    options: ApplyDocumentOptions,
  ) => Promise<readonly SourceProblem[]>;
  readonly plan: (session: Session, document: LoadedDocument) => Promise<readonly SourceProblem[]>;
}
