#!/usr/bin/env bash
# Completes a shallow checkout: all commits of the change, and the branch that it is merged into. What cannot be fetched
# is left to check-plan, which says what it misses and takes it for the worse.
set -u
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]; then
  git fetch --quiet --no-tags --unshallow origin ||
    echo "::notice title=check-plan::The history could not be completed; give actions/checkout fetch-depth: 0"
fi
base="${GITHUB_BASE_REF:-}"
if [ -n "$base" ] && ! git rev-parse --quiet --verify "refs/remotes/origin/$base^{commit}" >/dev/null 2>&1; then
  git fetch --quiet --no-tags origin "+refs/heads/$base:refs/remotes/origin/$base" ||
    echo "::notice title=check-plan::The base branch could not be fetched; give actions/checkout fetch-depth: 0"
fi
exit 0
