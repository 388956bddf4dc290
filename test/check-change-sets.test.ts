import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCatalogueFile } from '../src/adapters/catalogue-files.ts';
import { createCatalogue } from '../src/catalogue/catalogue.ts';
import { check, type World } from '../src/check.ts';
import { EXIT, type ExitCode } from '../src/model/decision.ts';
import { DEFAULT_POLICY } from '../src/policy/defaults.ts';
import { description, detail, element, type Members } from './readers/cloudformation/change-set.ts';

/** The laws of the whole story, for change sets: what is more is never milder, and what is less never passes. */
const world: World = {
  catalogue: createCatalogue(readCatalogueFile),
  policy: DEFAULT_POLICY,
  authorship: { is: 'ai', signals: [], hands: [], handsHidden: null, because: 'a test says so' },
  caller: { environment: null, workspace: null },
  now: Date.parse('2026-11-22T12:00:00Z'),
  records: async () => [],
  notes: [],
  signWith: [],
};

async function reportOf(document: unknown) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(JSON.stringify(document));
  }
  const open = async () => ({ name: 'cs', bytes: bytes(), digest: () => '00' });
  return (await check([{ name: 'cs', open }], world)).report;
}
const outcomeOf = async (document: unknown): Promise<ExitCode> => (await reportOf(document)).exitCode;

/** Mildest first. */
const GRAVITY: readonly ExitCode[] = [EXIT.allowed, EXIT.signOffRequired, EXIT.blocked, EXIT.cannotJudge];
const gravity = (code: ExitCode): number => GRAVITY.indexOf(code);

const member = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const change = fc
  .record({
    Action: member('Add', 'Modify', 'Remove', 'Import', 'Dynamic', 'SyncWithActual', 'Unheard'),
    ResourceType: member('AWS::DynamoDB::Table', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'Custom::Thing'),
    Replacement: member<string | null>('True', 'False', 'Conditional', 'Unheard', null),
    PolicyAction: member<string | null>('Delete', 'Retain', 'Snapshot', 'ReplaceAndDelete', null),
    tag: member('production', 'dev', null),
    RequiresRecreation: member('Never', 'Conditionally', 'Always'),
  })
  .map(
    ({ tag, RequiresRecreation, ...members }): Members => ({
      ...members,
      Details: [detail({ RequiresRecreation }), detail({ Name: 'Tags', RequiresRecreation: 'Never' })],
      ...(tag === null
        ? {}
        : { BeforeContext: JSON.stringify({ Properties: { Tags: [{ Key: 'environment', Value: tag }] } }) }),
    }),
  );
const changes = fc
  .array(change, { maxLength: 5 })
  .map((all) =>
    all.map((one, at): Members => ({ ...one, LogicalResourceId: `R${at}`, PhysicalResourceId: `id-${at}` })),
  );
const listed = (all: readonly Members[]): readonly Members[] => all.map((one) => element(one));

test('shuffling changes and details changes neither the decision nor what a signature stands for', async () => {
  await fc.assert(
    fc.asyncProperty(
      changes,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (all, order) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => ({ one, at: order.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const one = await reportOf(description(listed(all)));
        const turned = shuffled(all).map((each) => ({
          ...each,
          Details: shuffled(each['Details'] as unknown[]),
        }));
        const other = await reportOf(description(listed(turned)));
        expect(other).toEqual(one);
      },
    ),
    { numRuns: 60 },
  );
});

test('one removal more is never milder', async () => {
  await fc.assert(
    fc.asyncProperty(changes, change, async (all, more) => {
      const removal = { ...more, Action: 'Remove', LogicalResourceId: 'Last', PhysicalResourceId: 'last' };
      const before = await outcomeOf(description(listed(all)));
      const after = await outcomeOf(description(listed([...all, removal])));
      expect(gravity(after)).toBeGreaterThanOrEqual(gravity(before));
    }),
    { numRuns: 80 },
  );
});

test('a removed data store of production always needs a sign-off, whatever stands beside it', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (all) => {
      const store = element({
        Action: 'Remove',
        Replacement: null,
        PolicyAction: 'Delete',
        LogicalResourceId: 'Store',
      });
      expect(await outcomeOf(description([...listed(all), store]))).not.toBe(EXIT.allowed);
    }),
    { numRuns: 40 },
  );
});

test('without its last page, or one that another page speaks of, nothing passes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.nat(), async (count, drop) => {
      // Each page has a resource that changes because of the one on the page before.
      const pages = Array.from({ length: count }, (_, at) =>
        description(
          [
            element({
              LogicalResourceId: `R${at}`,
              PhysicalResourceId: `id-${at}`,
              Details:
                at === 0
                  ? []
                  : [
                      detail(
                        { RequiresRecreation: 'Never' },
                        { ChangeSource: 'ResourceReference', CausingEntity: `R${at - 1}` },
                      ),
                    ],
            }),
          ],
          { NextToken: at < count - 1 ? `page ${at + 2}` : null },
        ),
      );
      const missing = drop % count;
      expect(await outcomeOf(pages.filter((_, at) => at !== missing))).toBe(EXIT.cannotJudge);
      expect((await reportOf(pages)).errors).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
