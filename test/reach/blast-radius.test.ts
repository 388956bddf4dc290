import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Link } from '../../src/model/blast-radius.ts';
import type { Effect } from '../../src/model/change.ts';
import { type Dependencies, type KnownFrom, resourceOf } from '../../src/model/dependency.ts';
import { withoutDetours } from '../../src/model/detours.ts';
import { blastRadiusOf } from '../../src/reach/blast-radius.ts';
import { changeOf } from '../reporters/report-parts.ts';

type Edge = readonly [from: string, to: string, known?: KnownFrom];

function graphOf(edges: readonly Edge[], passages: readonly string[] = []): Dependencies {
  const leansOn = new Map<string, Map<string, KnownFrom>>();
  for (const [from, to, known = 'configuration'] of edges)
    leansOn.set(from, (leansOn.get(from) ?? new Map<string, KnownFrom>()).set(to, known));
  return { leansOn, passages: new Set(passages), untold: ['locals'] };
}

const lose = (...addresses: string[]) => ({ changes: addresses.map((address) => changeOf({ address })) });
const isFromState = ({ known }: Link): boolean => known === 'state';
const arrows = (links: readonly Link[]): string[] => links.map(({ from, to }) => `${from} → ${to}`).sort();

test('what hangs on a loss is found at any distance, the nearest first, and nothing else', () => {
  const graph = graphOf([
    ['app', 'db'],
    ['record', 'app'],
    ['alarm', 'record'],
    ['db', 'subnet'],
    ['other', 'subnet'],
  ]);
  const { resources, links, untold } = blastRadiusOf(lose('db'), graph);
  expect(resources).toEqual([
    { resource: 'db', distance: 0, leansOn: ['subnet'] },
    { resource: 'app', distance: 1, leansOn: [] },
    { resource: 'record', distance: 2, leansOn: [] },
    { resource: 'alarm', distance: 3, leansOn: [] },
  ]);
  expect(arrows(links)).toEqual(['alarm → record', 'app → db', 'record → app']);
  expect(untold).toEqual(['locals']);
});

test('what only hands a value on is named between the two, and is no resource of its own', () => {
  const graph = graphOf(
    [
      ['module.app.web', 'variable v of module.app'],
      ['variable v of module.app', 'output id of module.net'],
      ['output id of module.net', 'module.net.subnet'],
    ],
    ['variable v of module.app', 'output id of module.net'],
  );
  expect(blastRadiusOf(lose('module.net["x.y"].subnet[0]'), graph).links).toEqual([
    {
      from: 'module.app.web',
      to: 'module.net.subnet',
      known: 'configuration',
      through: ['variable v of module.app', 'output id of module.net'],
    },
  ]);
});

test('every effect that takes an object away counts, and no other', () => {
  const taking: Effect[] = ['forget', 'replace', 'delete', 'unknown'];
  const staying: Effect[] = ['none', 'read', 'create', 'import', 'move', 'update'];
  const graph = graphOf([['app', 'x']]);
  for (const effect of [...taking, ...staying]) {
    const { resources } = blastRadiusOf({ changes: [changeOf({ address: 'x', effect })] }, graph);
    expect(resources.length, effect).toBe(taking.includes(effect) ? 2 : 0);
  }
});

test('circles come to an end', () => {
  const graph = graphOf(
    [
      ['a', 'b'],
      ['b', 'a'],
      ['p', 'q'],
      ['q', 'p'],
      ['q', 'a'],
    ],
    ['p', 'q'],
  );
  expect(blastRadiusOf(lose('a'), graph).resources.map(({ resource }) => resource)).toEqual(['a', 'b']);
});

test('more than anybody looks at is counted', () => {
  const graph = graphOf(Array.from({ length: 2_500 }, (_, i) => [`r${i}`, 'x'] as const));
  const { resources, more } = blastRadiusOf(lose('x'), graph);
  expect(resources).toHaveLength(2_000);
  expect(more).toBe(501);
});

test('a state lists all that is below: what a longer way leads to is left out, what the code says stays', () => {
  const link = (from: string, to: string, known: KnownFrom): Link => ({ from, to, known, through: [] });
  const links = [
    link('c', 'b', 'state'),
    link('c', 'a', 'state'),
    link('b', 'a', 'state'),
    link('d', 'c', 'state'),
    link('d', 'a', 'configuration'),
  ];
  expect(arrows(withoutDetours(links, isFromState))).toEqual(['b → a', 'c → b', 'd → a', 'd → c']);
});

test('whatever is left out, everything is still reached, and nothing new', () => {
  const edge = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
  const reachable = (links: readonly Link[]): string[] => {
    const all = new Set(links.map(({ from, to }) => `${from} ${to}`));
    for (const one of all)
      for (const two of all) {
        const [from, by] = one.split(' ');
        const [at, to] = two.split(' ');
        if (by === at) all.add(`${from} ${to}`);
      }
    return [...all].sort();
  };
  fc.assert(
    fc.property(fc.uniqueArray(edge, { selector: String }), (pairs) => {
      const links = pairs
        .filter(([from, to]) => from !== to)
        .map(([from, to]): Link => ({ from: `${from}`, to: `${to}`, known: 'state', through: [] }));
      expect(reachable(withoutDetours(links, isFromState))).toEqual(reachable(links));
    }),
  );
});

test('an instance is its resource, whatever its key says', () => {
  expect(resourceOf('module.a["x.y]"].aws_i.w["\\"]"][0]')).toBe('module.a.aws_i.w');
  expect(resourceOf('aws_i.w')).toBe('aws_i.w');
  expect(resourceOf('Stack/Bucket')).toBe('Stack/Bucket');
});
