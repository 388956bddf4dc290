import { resourceOf } from '../../model/dependency.ts';
import { isArray, type Json } from '../../model/json.ts';
import type { GraphBuilder } from '../dependency-graph.ts';
import type { Into, Way } from '../json/descent.ts';
import { parseJson } from '../json/parse.ts';

/**
 * The way through `prior_state`: what each object that exists was found to depend on when it was applied last, also
 * through locals. The values of the objects are passed over, however large.
 */
export function intoPriorState(graph: GraphBuilder): Into {
  const intoModule: Into = {
    into: (key) =>
      key === 'resources'
        ? { into: () => intoResource(graph) }
        : key === 'child_modules'
          ? { into: () => intoModule }
          : 'skip',
  };
  return {
    into: (key) =>
      key === 'values' ? { into: (inner) => (inner === 'root_module' ? intoModule : 'skip') } : 'skip',
  };
}

function intoResource(graph: GraphBuilder): Into {
  let address: string | null = null;
  let dependsOn: readonly string[] = [];
  return {
    into: (key) => {
      if (key === 'address')
        return taken((value) => {
          if (typeof value === 'string') address = resourceOf(value);
        });
      if (key !== 'depends_on') return 'skip';
      return taken((value) => {
        dependsOn = isArray(value) ? value.filter((one) => typeof one === 'string') : [];
      });
    },
    leave: () => {
      if (address === null) return;
      if (isData(address)) graph.passage(address);
      for (const one of dependsOn) {
        const on = resourceOf(one);
        if (isData(on)) graph.passage(on);
        graph.lean(address, on, 'state');
      }
    },
  };
}

const taken = (take: (value: Json) => void): Way => ({ take: (raw) => take(parseJson(raw, 'prior_state')) });

/** No resource type is called `data`. */
const isData = (resource: string): boolean => /(?:^|\.)data\.[^.]+\.[^.]+$/.test(resource);
