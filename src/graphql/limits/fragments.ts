// Fragments of a document by name, and a fold over selections that looks into each fragment once, so that a bomb of nested
// fragments costs no more than its text.

import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** A number for a field, given the number of what is selected within it. */
export type FieldMeasure = (field: FieldNode, within: () => number) => number;

/** The fragments of a document. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Folds the fields of selections into one number; a fragment that contains itself counts nothing the second time. */
export function measureSelections(
  document: DocumentNode,
  measure: FieldMeasure,
  combine: (one: number, other: number) => number,
): (selections: SelectionSetNode | undefined) => number {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0);
    const total = ofSelections(fragments.get(name)?.selectionSet);
    measured.set(name, total);
    return total;
  };
  const ofSelections = (selections: SelectionSetNode | undefined): number => {
    let total = 0;
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD)
        total = combine(
          total,
          measure(selection, () => ofSelections(selection.selectionSet)),
        );
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total = combine(total, ofFragment(selection.name.value));
      else total = combine(total, ofSelections(selection.selectionSet));
    }
    return total;
  };
  return ofSelections;
}
