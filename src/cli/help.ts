/** The version of package.json; a test holds the two together. */
export const VERSION = '0.1.0';

export const EPILOGUE = `
Exit codes:
  0   allowed
  1   could not judge: never a pass, whatever the reason
  2   blocked by policy
  3   a sign-off is required
  4   only of apply: it was allowed and begun, and failed
  64  the command line is wrong

How a dangerous plan gets through:
  terraform plan -out tfplan          the plan that will be applied
  check-plan tfplan                   exit code 3: this would be destroyed
  check-plan sign tfplan --key KEY    a senior of the roster reads it, and signs
  check-plan tfplan                   exit code 0: exactly this is signed
  check-plan apply tfplan             applies exactly what it judged

A sign-off binds the destruction: resource, physical object, effect, cause,
account, workspace. A new plan with the same destruction keeps it; any other
voids it.

Many plans give one report and one decision, the worst of all; one that cannot
be judged makes the exit code 1. Of a folder, every file named *.json,
*.tfplan, tfplan or plan.out is judged (*.json.gz and *.json.zst too),
whatever lies under it save .git, .terraform, node_modules and .check-plan. A
JSON with a saved plan of its name beside it is left to the saved plan. A
pattern knows *, ** and ?.

In CI, on a pull request, the policy and the roster are read from the base
branch, so that a change cannot weaken what judges it. Without a policy file
the defaults hold: what is not known to be non-production is production, and
what no person has declared as their own counts as written by an AI.

Examples:
  terraform show -json tfplan | check-plan -
  check-plan --stack shop --change-set release-42
  check-plan tfplan --format text --format json=report.json
  check-plan tfplan --request request.json
  check-plan 'plans/**/*.json'
  check-plan cdk.out --baseline ../main/cdk.out
  terragrunt run --all plan --json-out-dir plans && check-plan plans
  check-plan plan.json --policy git:origin/main:check-plan.yaml
`;
