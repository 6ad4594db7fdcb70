// A real Kubernetes for a test: one cluster serves the whole run, so give pods names of your own (`generateName`).

import { askService } from './ask-service.ts';
import { type Kubernetes, kubernetesIn } from './kubernetes.ts';

/** The run's cluster, which starts with the first test that asks for it. */
export async function sharedKubernetes(): Promise<Kubernetes> {
  return kubernetesIn(await askService('kubernetes'));
}
