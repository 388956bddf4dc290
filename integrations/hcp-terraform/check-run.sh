#!/usr/bin/env bash
# Judges the plan of a run in HCP Terraform or Terraform Enterprise, and confirms the run where it is allowed:
#   TFE_TOKEN=... check-run.sh RUN_ID [OPTION...]
# The workspace must not apply by itself (auto-apply off). Run it in the repository of the change: the policy and who wrote
# the change are read from there. OPTIONs are those of check-plan, such as --workspace shop-production.
set -euo pipefail
run="${1:?usage: check-run.sh RUN_ID [OPTION...]}"
shift
[[ "$run" =~ ^run-[A-Za-z0-9]+$ ]] || { echo "check-run: $run is not the id of a run" >&2; exit 64; }
: "${TFE_TOKEN:?names the token of a team that may read plans and apply}"
api="${TFE_ADDRESS:-https://app.terraform.io}/api/v2/runs/$run"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# The token goes by a file of its own, so that no list of processes shows it.
umask 077
printf 'header = "Authorization: Bearer %s"\n' "$TFE_TOKEN" > "$folder/curl"
ask() { curl --silent --show-error --fail --location --max-time 300 --config "$folder/curl" "$@"; }

# Answers 204 with nothing while there is no plan yet; what is empty is judged as what it is, and never as a pass.
ask --output "$folder/plan.json" "$api/plan/json-output" || exit 1
[ -s "$folder/plan.json" ] || { echo "check-run: the run has no plan yet" >&2; exit 1; }

check-plan "$@" -- "$folder/plan.json" || exit $?

ask --output /dev/null --request POST --header 'Content-Type: application/vnd.api+json' \
  --data '{"comment":"allowed by check-plan"}' "$api/actions/apply" || exit 1
echo "check-run: $run is confirmed"
