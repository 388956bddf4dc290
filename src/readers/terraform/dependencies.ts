import type { GraphBuilder } from '../dependency-graph.ts';
import type { Into } from '../json/descent.ts';
import { intoConfiguration } from './configuration.ts';
import { intoPriorState } from './state-dependencies.ts';

/** The ways through a plan to all that it says of dependencies; `leave` says what of it is not there. */
export function intoPlan(graph: GraphBuilder): Into {
  const seen = new Set<string | null>();
  return {
    into: (key) => {
      seen.add(key);
      if (key === 'configuration') return intoConfiguration(graph);
      return key === 'prior_state' ? intoPriorState(graph) : 'skip';
    },
    leave: () => {
      if (!seen.has('configuration'))
        graph.leaveOut('this plan holds no configuration: what the code refers to is not known');
      if (!seen.has('prior_state'))
        graph.leaveOut(
          'this plan holds no prior state: what objects depended on when they were made is not known',
        );
    },
  };
}
