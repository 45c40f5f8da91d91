#!/usr/bin/env bash
# make check: all that CI does. Stops at the first step that fails; the tests come last.
set -euo pipefail
# Lock files are binding here, and nothing may outlive the run.
export CI=true
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"

step() {
  local title="$1" started=$SECONDS
  shift
  say "== $title"
  "$@" || die "Failed: $title"
  say "   $((SECONDS - started)) s"
}

shell_scripts() {
  if command -v shellcheck >/dev/null; then
    shellcheck --external-sources scripts/*.sh .ci/run
  else
    say "   shellcheck is not installed; left out"
  fi
}

console_client() {
  local fresh=artifacts/schema.d.ts
  mkdir -p artifacts
  (cd web/console && npx --no-install openapi-typescript ../../docs/api/openapi.json -o "../../$fresh" >/dev/null)
  cmp -s "$fresh" web/console/src/api/schema.d.ts || die "web/console/src/api/schema.d.ts is not what docs/api/openapi.json says: run 'make api'."
}

# Node looks at the sources with one processor: two at a time.
console_sources() {
  npm --prefix web/console run --silent types &
  local types=$! bad=0
  npm --prefix web/console run --silent lint || bad=1
  wait "$types" && return "$bad"
}

need_sdk
need_node
need_packages "${picture_packages[@]}" "${database_packages[@]}" "${browser_packages[@]}"
need_console_packages
need_gateway_packages
step 'Shell scripts' shell_scripts
step 'Console: typed client up to date' console_client
step 'Console: lint and types' console_sources
step 'Gateway: lint' npm --prefix gateway run --silent lint
step 'Gateway: types' npm --prefix gateway run --silent types
step 'Build, without a warning' dotnet build Huoma.slnx -c Release -v quiet --nologo
# What analyzers warn of, the build has refused already.
step 'Format: white space' dotnet format whitespace Huoma.slnx --verify-no-changes --no-restore
step 'Format: style' dotnet format style Huoma.slnx --verify-no-changes --no-restore
exec scripts/test.sh
