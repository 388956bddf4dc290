import { isArray, isObject, type Json, type JsonObject, text } from '../../model/json.ts';
import type { GraphBuilder } from '../dependency-graph.ts';
import type { Into, Way } from '../json/descent.ts';
import { parseJson } from '../json/parse.ts';
import {
  call,
  everything,
  nameIn,
  output,
  outputs,
  provider,
  referencesIn,
  variable,
  within,
} from './references.ts';

/**
 * The way through `configuration`: what the code says of who leans on whom, through variables and outputs of modules and
 * through the settings of providers. Locals are not in a plan, so what passes through one ends there.
 */
export function intoConfiguration(graph: GraphBuilder): Into {
  const refer = (from: string, module: string, references: readonly string[]): void => {
    for (const reference of references) {
      const named = nameIn(module, reference);
      if (named.kind === 'local') graph.leaveOut(LOCALS);
      else if (named.kind === 'module') pass(from, outputs(named.module));
      else if (named.kind === 'resource') graph.lean(from, named.name, 'configuration');
      else if (named.kind !== 'nothing') pass(from, named.name);
    }
  };

  /** To lean on what only hands a value on. */
  const pass = (from: string, on: string): void => {
    graph.passage(on);
    graph.lean(from, on, 'configuration');
  };
  /** To have what only hands a value on lean on something. */
  const handOn = (passage: string, module: string, references: readonly string[]): void => {
    graph.passage(passage);
    refer(passage, module, references);
  };

  const takeResource = (module: string, element: JsonObject): void => {
    const [type, name] = [text(element, 'type'), text(element, 'name')];
    if (type === null || name === null) return;
    const mode = text(element, 'mode') ?? 'managed';
    const resource = within(module, mode === 'managed' ? `${type}.${name}` : `${mode}.${type}.${name}`);
    if (mode !== 'managed') graph.passage(resource);
    else if (module !== '') {
      graph.passage(everything(module));
      graph.lean(everything(module), resource, 'configuration');
    }
    refer(resource, module, referencesIn(element.get('expressions')));
    refer(resource, module, referencesIn(element.get('count_expression')));
    refer(resource, module, referencesIn(element.get('for_each_expression')));
    refer(resource, module, referencesIn(element.get('provisioners')));
    dependOn(resource, module, element.get('depends_on'));
    const key = text(element, 'provider_config_key');
    if (key !== null) pass(resource, provider(key));
    if (module !== '') pass(resource, call(module));
  };

  /** A whole module that is depended on is all that is in it. */
  const dependOn = (from: string, module: string, names: Json | undefined): void => {
    for (const name of isArray(names) ? names : []) {
      if (typeof name !== 'string') continue;
      const named = nameIn(module, name);
      if (named.kind === 'module') pass(from, everything(named.module));
      else refer(from, module, [name]);
    }
  };

  const intoModule = (module: string): Into => ({
    into: (key) =>
      key === 'resources'
        ? each((element) => takeResource(module, element))
        : key === 'outputs'
          ? members((name, value) => takeOutput(module, name, value))
          : key === 'module_calls'
            ? { into: (name) => intoCall(module, within(module, `module.${name ?? ''}`)) }
            : 'skip',
  });

  const takeOutput = (module: string, name: string, value: JsonObject): void => {
    if (module === '') return;
    graph.passage(outputs(module));
    pass(outputs(module), output(module, name));
    handOn(output(module, name), module, referencesIn(value.get('expression')));
    dependOn(output(module, name), module, value.get('depends_on'));
  };

  const intoCall = (caller: string, module: string): Into => {
    if (caller !== '') {
      graph.passage(call(module));
      graph.passage(everything(caller));
      pass(call(module), call(caller));
      pass(everything(caller), everything(module));
    }
    return {
      into: (key) => {
        if (key === 'module') return intoModule(module);
        if (key === 'expressions')
          return members((name, value) => {
            handOn(variable(module, name), caller, referencesIn(value));
          });
        if (key === 'count_expression' || key === 'for_each_expression')
          return taken((value) => handOn(call(module), caller, referencesIn(value)));
        return key === 'depends_on'
          ? taken((value) => {
              graph.passage(call(module));
              dependOn(call(module), caller, value);
            })
          : 'skip';
      },
    };
  };

  const takeProvider = (key: string, config: JsonObject): void => {
    handOn(provider(key), text(config, 'module_address') ?? '', referencesIn(config.get('expressions')));
  };

  return {
    into: (key) =>
      key === 'root_module' ? intoModule('') : key === 'provider_config' ? members(takeProvider) : 'skip',
  };
}

const LOCALS =
  'a plan does not contain locals: what is passed on through one is known only where the state says so';

const taken = (take: (value: Json) => void): Way => ({
  take: (raw) => take(parseJson(raw, 'configuration')),
});

const each = (take: (element: JsonObject) => void): Way => ({
  into: () => taken((value) => (isObject(value) ? take(value) : undefined)),
});

const members = (take: (key: string, value: JsonObject) => void): Way => ({
  into: (key) => taken((value) => (isObject(value) ? take(key ?? '', value) : undefined)),
});
