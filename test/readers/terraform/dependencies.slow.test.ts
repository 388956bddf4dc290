import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlastRadius } from '../../../src/model/blast-radius.ts';
import { resourceOf } from '../../../src/model/dependency.ts';
import { blastRadiusOf } from '../../../src/reach/blast-radius.ts';
import { readDependencies } from '../../../src/readers/dependencies.ts';
import { TERRAFORM_ENV } from '../../end-to-end/terraform-scenario.ts';
import { changeOf } from '../../reporters/report-parts.ts';
import { streamOf, utf8 } from '../bytes.ts';

const missing = spawnSync('terraform', ['version']).status !== 0;

/** Every way that a value takes: modules with keys, variables, outputs, a local, count, for_each, depends_on. */
const FILES: Readonly<Record<string, string>> = {
  'main.tf': `
locals { tag = terraform_data.zone.id }
resource "terraform_data" "zone" { triggers_replace = ["1"] }
resource "terraform_data" "other" {}
module "net" {
  source   = "./net"
  for_each = toset(["a.b", "c"])
  zone     = terraform_data.zone.output
}
module "app" {
  source     = "./app"
  count      = 2
  subnet     = module.net["c"].subnet
  depends_on = [terraform_data.other]
}
resource "terraform_data" "tagged" { input = local.tag }
resource "terraform_data" "each" {
  for_each = { for key, net in module.net : key => net.subnet }
  input    = each.value
}
resource "terraform_data" "after" { depends_on = [module.app] }
`,
  'net/main.tf': `
variable "zone" {}
resource "terraform_data" "subnet" {
  count = 2
  input = var.zone
}
output "subnet" { value = terraform_data.subnet[0].output }
`,
  'app/main.tf': `
variable "subnet" {}
resource "terraform_data" "web" { input = { deep = [{ key = terraform_data.key.id, net = var.subnet }] } }
resource "terraform_data" "key" {}
`,
};

describe.skipIf(missing)('of a plan that the real Terraform made', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-dependencies-'));
  let plan = '';

  const terraform = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('terraform', args, {
      cwd,
      env: TERRAFORM_ENV,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const write = (name: string, text: string): void => {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  };

  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) write(name, text);
    terraform('init', '-no-color');
    terraform('apply', '-auto-approve', '-no-color');
    write('main.tf', FILES['main.tf']?.replace('["1"]', '["2"]') ?? '');
    terraform('plan', '-no-color', '-out', 'tfplan');
    plan = terraform('show', '-json', 'tfplan');
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const radius = async (text: string, lost: string): Promise<BlastRadius> =>
    blastRadiusOf(
      { changes: [changeOf({ address: lost })] },
      await readDependencies(streamOf(utf8(text)), 'terraform'),
    );
  const without = (part: string): string => JSON.stringify({ ...JSON.parse(plan), [part]: undefined });
  const namesIn = ({ resources }: BlastRadius): string[] => resources.map(({ resource }) => resource).sort();

  /** The plain truth: what the state says of each object, which is all that it depends on, at any distance. */
  const truth = (lost: string): string[] => {
    const names = new Set([lost]);
    const go = (module: {
      resources?: { address: string; depends_on?: string[] }[];
      child_modules?: unknown[];
    }): void => {
      for (const { address, depends_on = [] } of module.resources ?? [])
        if (depends_on.includes(lost)) names.add(resourceOf(address));
      for (const child of module.child_modules ?? []) go(child as typeof module);
    };
    go(JSON.parse(plan).prior_state.values.root_module);
    return [...names].sort();
  };

  test.each([
    'terraform_data.zone',
    'terraform_data.other',
    'module.net.terraform_data.subnet',
    'module.app.terraform_data.key',
  ])('all that hangs on %s is found, and nothing else', async (lost) => {
    expect(namesIn(await radius(plan, lost))).toEqual(truth(lost));
    expect(namesIn(await radius(without('configuration'), lost))).toEqual(truth(lost));
  });

  test('without the state all but what passes through a local is found', async () => {
    const all = truth('terraform_data.zone');
    const found = namesIn(await radius(without('prior_state'), 'terraform_data.zone'));
    expect(all.filter((one) => !found.includes(one))).toEqual(['terraform_data.tagged']);
    expect(found.filter((one) => !all.includes(one))).toEqual([]);
  });

  test('only direct dependencies are links, though the state lists all', async () => {
    const { links } = await radius(plan, 'terraform_data.zone');
    const arrows = links.map(({ from, to }) => `${from} → ${to}`);
    expect(arrows).toContain('module.net.terraform_data.subnet → terraform_data.zone');
    expect(arrows).not.toContain('module.app.terraform_data.web → terraform_data.zone');
  });
});
