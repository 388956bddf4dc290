import type { Cause, Change, Declared, Effect, Fate, Value } from '../model/change.ts';
import type { Holds, Severity } from '../model/finding.ts';
import { at, type Json, type Path } from '../model/json.ts';
import type { Disarmed, Hazard, Kin } from '../model/report.ts';
import { bareOf } from './bare.ts';
import { disarmedBy } from './disarm.ts';
import { type Disruption, parseDisruptions } from './disruption.ts';
import { COSTS, type Fallback, parseFallback } from './fallback.ts';
import { parseFates } from './fate.ts';
import { parseGeneral } from './general.ts';
import { type HazardNeeds, hazardsOf, needsOf } from './hazard.ts';
import { type Index, parseIndex } from './index-file.ts';
import { kinOf } from './kin.ts';
import { kindOfType } from './kind.ts';
import { each, once } from './once.ts';
import { NO_OWN, type Own } from './own.ts';
import { type Protection, parseProtections } from './protection.ts';
import { rowsOfType } from './rows-of-type.ts';
import { parseRule, type Rule } from './rule.ts';
import { parseShown } from './shown.ts';
import { shrinkOf } from './shrink.ts';
import { parseStanding } from './standing.ts';
import type { ReadTable } from './table.ts';
import { ofTouched, touchedBy } from './touched.ts';
import { isCopy, ownName } from './traits.ts';
import { factsIn, ONLY_READ, parseTypes, type TypeFacts } from './types.ts';

export interface Catalogue {
  /** In the order of `rules/index.json`. */
  readonly rules: readonly Rule[];
  assess(change: Change): Assessment;
  /** What in the declaration of a resource would make a later mistake costly. */
  hazards(declared: Declared): readonly Hazard[];
  /** The properties of a resource of the type that have to be looked at for them; null where nothing of it has to. */
  hazardsNeed(type: string): HazardNeeds;
}

/** What the catalogue adds to what the document says of a change. */
export interface Assessment {
  readonly holds: Holds;
  readonly severity: Severity;
  readonly loses: string;
  readonly fate: Fate;
  readonly fateBecause: string;
  /** The causes of the change, with the values that may be shown marked so. */
  readonly causes: readonly Cause[];
  readonly disarmed: readonly Disarmed[];
  readonly standing: readonly string[];
  /** Settings of its own protection that were switched off before this destruction: `force_destroy is true`. */
  readonly bare: readonly string[];
  /** What an update interrupts, though it destroys nothing. */
  readonly disruptions: readonly Disruption[];
  readonly ownName: string | null;
  readonly isCopy: boolean;
  readonly kin: Kin | null;
}

/**
 * The catalogue over its files, each read when it is first needed. Throws `catalogue-invalid` where one is missing, or
 * malformed where it is looked at: without its tables nothing can be judged.
 */
export function createCatalogue(readTable: ReadTable, own: Own = NO_OWN): Catalogue {
  const index = parseIndex(readTable);
  const rules = index.rules.map((id) => parseRule(readTable, id));
  const rowsOf = rowsOfType(readTable);
  const general = once(() => parseGeneral(readTable, `protections/${index.general}.tsv`));
  const fallback = once(() => parseFallback(readTable));
  const tablesOf = each((type: string) => tablesFor(type, index, rowsOf(type), fallback));

  return {
    rules: [...rules, ...own.rules],
    assess(change) {
      const tables = tablesOf(change.type);
      const mayShow: MayShow = (path, value) => tables.isShown()(change.type, path, value);
      const { fate, because } = tables.fateOf()(change);
      const isUpdate = change.effect === 'update';
      const isDestroyed = DESTROYS.has(change.effect);
      // The table of protections is large, and only these changes do anything to them.
      const rows =
        isUpdate || isDestroyed ? [...tables.protections(), ...own.protectionsOf(change.type)] : [];
      const touched = isUpdate ? touchedBy(change) : change;
      const judged = isUpdate ? ofTouched(touched, rows) : rows;
      const protections = isUpdate || isDestroyed ? [...judged, ...general()(touched, rows)] : [];
      const disarmed = isUpdate ? takenBy(touched, protections, mayShow) : [];
      return {
        ...own.factsOf(change.type, factsOf(change, tables.facts, fallback)),
        fate,
        fateBecause: because,
        causes: change.causes.map((cause) => withShown(cause, change, mayShow)),
        disarmed,
        standing: tables.standingOf()(change),
        bare: isDestroyed ? bareOf(change, protections) : [],
        disruptions: isUpdate
          ? [tables.disruptionsOf(), own.disruptionsOf].flatMap((of) => of(touched, protections, mayShow))
          : [],
        ownName: ownName(change),
        isCopy: isDestroyed && isCopy(change),
        kin: isDestroyed || disarmed.length > 0 ? kinOf(change) : null,
      };
    },
    hazards(declared) {
      const { facts, protections } = tablesOf(declared.change.type);
      return hazardsOf(declared, facts().facts, protections);
    },
    hazardsNeed(type) {
      const { facts, protections } = tablesOf(type);
      return needsOf(type, facts().facts, protections);
    },
  };
}

type MayShow = (path: Path, value: Json) => boolean;

/** The protections that the update takes away, and what it takes out. */
function takenBy(change: Change, protections: readonly Protection[], mayShow: MayShow): readonly Disarmed[] {
  const disarmed = disarmedBy(change, protections, mayShow);
  return [...disarmed, ...shrinkOf(change, protections, disarmed, mayShow)];
}

/** What the tables say of one type. */
function tablesFor(type: string, index: Index, readTable: ReadTable, fallback: () => Fallback) {
  const provider = providerOf(type);
  const types = index.types.get(provider);
  const protections = index.protections.get(provider);
  return {
    facts: once(() => {
      const table = types === undefined ? null : parseTypes(readTable, `types/${types}.tsv`);
      const known = table?.has(type) ?? false;
      return { known, facts: (table && factsIn(table, type)) ?? fallback().byName(type) };
    }),
    fateOf: once(() => parseFates(readTable)),
    isShown: once(() => parseShown(readTable)),
    protections: once(() =>
      protections === undefined ? [] : parseProtections(readTable, `protections/${protections}.tsv`)(type),
    ),
    standingOf: once(() => parseStanding(readTable)),
    disruptionsOf: once(() => parseDisruptions(readTable)),
  };
}

/** The first word of a Terraform type; every CloudFormation type is in one table, whoever made it. */
export const providerOf = (type: string): string =>
  kindOfType(type) === 'cloudformation' ? 'AWS' : (type.split('_', 1)[0] ?? '');

function factsOf({ mode, effect, before }: Change, told: () => Told, fallback: () => Fallback): TypeFacts {
  if (mode !== 'managed' && ONLY_READING.has(effect)) return ONLY_READ;
  const { known, facts } = told();
  return known || !COSTS.has(effect) ? facts : fallback().byShape(facts, before);
}

interface Told {
  /** Whether a table has a row for this very type, and not only a pattern that covers it. */
  readonly known: boolean;
  readonly facts: TypeFacts;
}

const DESTROYS: ReadonlySet<Effect> = new Set(['delete', 'replace', 'unknown']);

/** What Terraform does to a data source or an ephemeral resource. Whatever else a plan says, that it is one is not believed. */
const ONLY_READING: ReadonlySet<Effect> = new Set(['none', 'read']);

function withShown(cause: Cause, change: Change, mayShow: (path: Path, value: Json) => boolean): Cause {
  if (cause.kind !== 'attribute') return cause;
  const shown = (value: Value, side: Json): Value => {
    const document = at(side, cause.path);
    return value.visibility === 'private' && document !== undefined && mayShow(cause.path, document)
      ? { ...value, visibility: 'shown' }
      : value;
  };
  return { ...cause, before: shown(cause.before, change.before), after: shown(cause.after, change.after) };
}
