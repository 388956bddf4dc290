import type { Surroundings } from '../../adapters/surroundings.ts';
import { VERSION } from '../help.ts';
import { plainFolders } from './folders.ts';

/** A workflow that judges every pull request: a job for Terraform, one for CDK, as far as they were found. */
export function githubWorkflow({ terraform, cdk, hasTerragrunt }: Surroundings): string {
  const isTerraform = terraform.length > 0 || cdk.length === 0;
  return [
    '# Written by `check-plan init`: read it, give it credentials that may read what is deployed, and commit it.',
    '# To watch at first without stopping anybody, add --advisory to the last step.',
    'name: check-plan',
    'on: pull_request',
    'permissions:',
    '  contents: read',
    'jobs:',
    ...(hasTerragrunt
      ? job('terragrunt', ['.'], TERRAGRUNT)
      : isTerraform
        ? job('terraform', terraform, TERRAFORM)
        : []),
    ...(cdk.length > 0 ? job('cdk', cdk, CDK) : []),
    '',
  ].join('\n');
}

const job = (name: string, folders: readonly string[], steps: readonly string[]): string[] => [
  `  ${name}:`,
  '    runs-on: ubuntu-latest',
  '    strategy:',
  '      fail-fast: false',
  '      matrix:',
  `        folder: ${JSON.stringify(plainFolders(folders))}`,
  '    defaults:',
  '      run:',
  `        working-directory: ${FOLDER}`,
  '    steps:',
  '      - uses: actions/checkout@v4',
  '        with:',
  '          fetch-depth: 0 # the commits of the change say who wrote it, and the policy is read from the base branch',
  '      - uses: actions/setup-node@v4',
  '        with:',
  '          node-version: 22',
  `      - run: npm install --global check-plan@${VERSION}`,
  ...steps.map((line) => `      ${line}`),
];

// biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it
const FOLDER = '${{ matrix.folder }}';

const SETUP_TERRAFORM = [
  '- uses: hashicorp/setup-terraform@v3',
  '  with:',
  '    terraform_wrapper: false # it writes lines of its own into the JSON',
];

const TERRAFORM = [
  ...SETUP_TERRAFORM,
  '- run: terraform init -input=false',
  '- run: terraform plan -input=false -out tfplan',
  '- run: check-plan tfplan --format github --format json=check-plan.json',
];

const TERRAGRUNT = [
  ...SETUP_TERRAFORM,
  '- run: terragrunt run --all plan --out-dir "$PWD/plans" --json-out-dir "$PWD/plans"',
  '- run: check-plan plans --format github --format json=check-plan.json',
];

/** What main would deploy stands for what is deployed; the templates that AWS has are surer (docs/cdk.md). */
const CDK = [
  '- run: npm ci && npx cdk synth --all --output cdk.out',
  '- run: |',
  '    git worktree add "$RUNNER_TEMP/base" "origin/$GITHUB_BASE_REF"',
  '    cd "$RUNNER_TEMP/base/$FOLDER" && npm ci && npx cdk synth --all --output "$RUNNER_TEMP/baseline"',
  '  env:',
  `    FOLDER: ${FOLDER}`,
  '- run: check-plan cdk.out --baseline "$RUNNER_TEMP/baseline" --format github --format json=check-plan.json',
];
