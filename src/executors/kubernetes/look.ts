// Whether pods can be had of a cluster: asked by whoever sets it up, before the first step does.

import { failed, success, type Result } from '../../core/result.ts';
import { reasonOf } from '../process/failures.ts';
import { type ClusterPlace, createCluster } from './cluster.ts';

/** Asks for the pods of the namespace: where that is, or what stood in the way. */
export async function lookAtCluster(place: ClusterPlace): Promise<Result<string, string>> {
  const cluster = createCluster(place);
  try {
    await cluster.send({ method: 'GET', path: 'pods', query: { limit: '1' } });
    return success(`namespace ${await cluster.namespace()} of ${place.config}`);
  } catch (error) {
    return failed(reasonOf(error));
  }
}
