// Fields of `WorkflowDefinition` that are written only when a query asks.

import { toMaestroYaml } from '../../../core/definition/maestro/export/to-maestro-yaml.ts';
import { toNativeYaml } from '../../../core/definition/native/to-native-yaml.ts';
import { type WorkflowDefinitionResolvers } from '../../generated/resolvers.ts';

const SCHEMA = '/schema/workflow.json';

/** Resolves a definition as texts. */
export const WorkflowDefinition: WorkflowDefinitionResolvers = {
  yaml: async ({ definition }, { schemaUrl }, { engine }) => {
    const { yaml, notes } = toNativeYaml(definition, schemaUrl ?? schemaAt(await engine.server()));
    return { text: yaml, notes };
  },
  nativeJson: ({ definition }) => {
    const { json, notes } = toNativeYaml(definition, SCHEMA);
    return { text: json, notes };
  },
  maestroYaml: ({ definition }) => {
    const written = toMaestroYaml(definition);
    return written.ok ? { text: written.value.yaml, notes: written.value.notes } : null;
  },
  whyNoMaestroYaml: ({ definition }) => {
    const written = toMaestroYaml(definition);
    return written.ok ? null : written.failure.message;
  },
};

interface Answering {
  readonly nodeId: string;
  readonly nodes: readonly { readonly nodeId: string; readonly address: string }[];
}

/** The schema on the node that answers. */
function schemaAt({ nodeId, nodes }: Answering): string {
  const address = nodes.find((node) => node.nodeId === nodeId)?.address;
  return address !== undefined && URL.canParse(address) ? new URL(SCHEMA, address).href : SCHEMA;
}
