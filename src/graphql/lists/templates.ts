// The list of templates.

import { type Engine } from '../../engine/engine.ts';
import { type PageArguments, parsePage } from '../parse/page.ts';
import { connectionOf, type TemplateConnectionSource } from '../present/connection.ts';
import { templateOfRow } from '../present/template.ts';

/** A page of templates, newest first. */
export async function listTemplates(engine: Engine, args: PageArguments): Promise<TemplateConnectionSource> {
  const list = 'templates';
  const wish = parsePage(args, list, { order: 'NEWEST_FIRST' });
  const page = await engine.templates(wish.request);
  return connectionOf(page, wish, { list, present: templateOfRow, count: () => engine.countTemplates() });
}
