import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { runIn } from '../cli/memory-io.ts';

/** What makes an app: the real library writes what it comes to. */
export type Build = (app: cdk.App) => void;

/** Synthesises an app, and returns the folder of its assembly. */
export function synth(build: Build): string {
  const outdir = join(mkdtempSync(join(tmpdir(), 'check-plan-cdk-')), 'cdk.out');
  const app = new cdk.App({
    outdir,
    context: { 'aws:cdk:enable-path-metadata': true },
    builtinCloudFormationValidation: false,
  });
  build(app);
  app.synth();
  return outdir;
}

export interface Told {
  readonly address: string;
  readonly effect: string;
  readonly certainty: string;
  readonly fate: string;
  readonly construct: { readonly path: string; readonly source: string | null } | null;
  readonly causes: readonly { readonly says?: string }[];
}

export interface Deployed {
  readonly exitCode: number;
  readonly report: {
    readonly changeSets: readonly {
      readonly changes: readonly Told[];
      readonly counts: Record<string, number>;
    }[];
    readonly errors: readonly { readonly code: string; readonly message: string }[];
  };
  /** By address: `delete planned destroyed`. What is only created is left out. */
  readonly told: Readonly<Record<string, string>>;
}

/** What `check-plan` says of the second assembly where the first is deployed. */
export async function deploy(baseline: string, assembly: string): Promise<Deployed> {
  const cwd = mkdtempSync(join(tmpdir(), 'check-plan-cdk-cwd-'));
  const { exitCode, stdout } = await runIn([assembly, '--baseline', baseline, '--format', 'json'], { cwd });
  const report: Deployed['report'] = JSON.parse(stdout);
  const changes = report.changeSets.flatMap((set) => set.changes);
  return {
    exitCode,
    report,
    told: Object.fromEntries(
      changes
        .filter(({ effect }) => effect !== 'create')
        .map(({ address, effect, certainty, fate }) => [address, `${effect} ${certainty} ${fate}`]),
    ),
  };
}

/** The change of the resource whose construct has this path. */
export const atPath = ({ report }: Deployed, path: string): Told | undefined =>
  report.changeSets.flatMap(({ changes }) => changes).find(({ construct }) => construct?.path === path);
