import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEGATORS, PHRASES, WORDS } from '../../src/production/lexicon.ts';
import { environmentWordsOf, maySpeak, wordsOf } from '../../src/production/tokens.ts';

const says = (value: string): string => wordsOf(value)?.says ?? 'nothing';

const production = `production prod prd live dr disaster-recovery mission-critical PROD prod1 production1 prd01 prod-eu eu-prod-1
  prodDb ProdDB SHOP_PROD DBProd shop.prod.example prod-replica prod-dr prod-like prodlike prod-copy prod-test test-prod
  dev-prod post-prod staging-slot shop-no-prod product-prod module.pre.this["prod"] businesscritical`;

const nonProduction = `dev development develop developer devel test testing tst tests qa qual staging stage stg stag stage1 uat acc
  acceptance accept sit sandbox sbx sbox integration perf loadtest stress demo poc preview ephemeral temp tmp local ci lab labs
  training trn playground experiment nonprod non-prod non_prod nonproduction non-production NonProd nonProd nprd np npd nonprd
  preprod pre-prod pre_prod PreProd preproduction pre-production ppd pprod ppe notprod not-prod never-prod no-prod mock fake beta
  alpha review feature scratch dev2 shop-dev devDb shopDev rg-shop-test-weu live-test liveTest`;

const nothing = `product products productivity productcatalog production-line reproduction reproducer repro byproduct producer produce
  coproduction prodigy prodigal liveness livestream liveStream delivery alive olive device devices devops DevOps dev-ops devsecops
  DevSecOps devcontainer DevContainer developer-portal latest contest attestation fastest testimonials protest greatest intranet
  internal interface integration-hub stage-manager backstage BackStage postage account access accelerator demographics democracy
  primary private proxy project prometheus professional provider main master default kube-system infra tools green blue uw2 use1
  env-abc123 standard premium p-weu-shop p d t q Pr0d prοd pro prdn pr int build sb dv release canary pilot performance
  n/a tbd none \${var.env} {{env}} <env> non-dev not-test prod2024 lab-results feature-flags us-east-1_aB3QaXyz E2QA3XYZ`;

const words = (list: string): string[] => list.trim().split(/\s+/);

test.each(words(production))('%s is production', (value) => {
  expect(says(value)).toBe('production');
});
test.each(words(nonProduction))('%s is not production', (value) => {
  expect(says(value)).toBe('non-production');
});
test.each([...words(nothing), '', '   ', 'known after apply', 'dev-é', `dev-\${var.x}`, 'dev prοd'])(
  '%j says nothing',
  (value) => {
    expect(says(value)).toBe('nothing');
  },
);

test.each(['production ', ' prod', 'the prod one', `prod-\${var.x}`, 'prod-é'])(
  '%j is production',
  (value) => {
    expect(says(value)).toBe('production');
  },
);

test('the strongest word is the one that is told', () => {
  expect(wordsOf('live-prod')).toEqual({ says: 'production', token: 'prod', strength: 'strong' });
  expect(wordsOf('tmp-dev')).toEqual({ says: 'non-production', token: 'dev', strength: 'strong' });
});

test.each(['shared', 'log-archive', 'Security', 'network', 'global'])(
  'production leans on an environment that is called %s',
  (value) => {
    expect(environmentWordsOf(value)?.says).toBe('production');
    expect(says(value)).toBe('nothing');
  },
);

test('a production word beside anything but letters and digits is seen', () => {
  const rest = fc.string({ unit: fc.constantFrom(...'abz09_-./ é'.split('')), maxLength: 8 });
  const separator = fc.constantFrom('_', '-', '.', '/', ' ', ':');
  fc.assert(
    fc.property(rest, separator, fc.constantFrom('prod', 'production', 'PRD'), (tail, between, word) => {
      // `production-line` is a phrase of its own, and not made of these letters.
      expect(says(`${word}${between}${tail}`)).toBe('production');
    }),
  );
});

test('what is passed over in one look has no word in it', () => {
  const lexicon = [...WORDS.keys(), ...[...PHRASES.keys()].flatMap((phrase) => phrase.split('-'))];
  const part = fc.oneof(
    fc.constantFrom(...lexicon.filter((word) => word !== 'no'), ...NEGATORS),
    fc.constantFrom(..."-_./: ['{}<~ é".split(''), '12', '1234', 'app', 'x', 'aws'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const value = parts.join('');
      // A capital letter has to be taken apart; behind a joint it belongs to no other word.
      const taken = wordsOf(`X/${value}`);
      expect(wordsOf(value)).toEqual(taken);
      if (taken !== null) expect(maySpeak(value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('no value makes it take long', () => {
  const start = performance.now();
  for (const piece of ['a', 'A', 'aA', '-', '{', '<', 'prod-', 'é', 'no-']) wordsOf(piece.repeat(20_000));
  expect(performance.now() - start).toBeLessThan(5000);
});
