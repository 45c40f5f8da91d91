#!/usr/bin/env bash
# make test: runs the parts named (all without a name) and ends with one line: N passed, N failed, N skipped.
set -uo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"

parts=("$@")
((${#parts[@]} > 0)) || parts=(unit server console gateway e2e)
reports="$PWD/artifacts/tests"
drills="$PWD/artifacts/drills.txt" # each drill leaves a line there
rm -rf "$reports" "$drills"
mkdir -p "$reports"

wants() { [[ " ${parts[*]} " == *" $1 "* ]]; }

prepare() {
  if wants unit || wants server || wants e2e || wants drill; then need_sdk; fi
  if wants server || wants console || wants gateway || wants e2e || wants drill; then need_node; fi
  if wants server || wants e2e || wants drill; then need_packages "${picture_packages[@]}" "${database_packages[@]}"; fi
  if wants e2e; then need_packages "${browser_packages[@]}"; fi
  if wants console; then need_console_packages || return 1; fi
  if wants gateway; then need_gateway_packages || return 1; fi
  local projects=()
  wants unit && projects+=(tests/Huoma.Domain.Tests)
  if wants server || wants drill; then projects+=(tests/Huoma.Server.Tests); fi
  if wants e2e || wants drill; then projects+=(tests/e2e); fi
  local project
  for project in ${projects[@]+"${projects[@]}"}; do
    dotnet build "$project" -c Release -v quiet --nologo || return 1
  done
}

# run_dotnet PART PROJECT [FILTER…]
run_dotnet() {
  dotnet test --project "$2" -c Release --no-build --report-junit --report-junit-filename "$1.xml" --results-directory "$reports" "${@:3}"
}

run_part() {
  say "== $1"
  case "$1" in
    unit) run_dotnet unit tests/Huoma.Domain.Tests/Huoma.Domain.Tests.csproj ;;
    # Each test starts a program of its own: gathering profiles for code that soon ends costs a sixth of the time.
    server) DOTNET_TieredPGO=0 run_dotnet server tests/Huoma.Server.Tests/Huoma.Server.Tests.csproj ;;
    e2e) run_dotnet e2e tests/e2e/Huoma.E2E.csproj ;;
    drill) run_dotnet drill tests/e2e/Huoma.E2E.csproj --filter-namespace '*Drills' ;;
    drill-server) run_dotnet drill-server tests/Huoma.Server.Tests/Huoma.Server.Tests.csproj --filter-class '*ClockDrillTests' '*SimulatedCampaignTests' ;;
    console) npm --prefix web/console test -- --reporter=default --reporter=junit --outputFile.junit="$reports/console.xml" ;;
    gateway) npm --prefix gateway test -- --reporter=default --reporter=junit --outputFile.junit="$reports/gateway.xml" ;;
    *) die "There is no part '$1'; there are: unit server console gateway e2e drill" ;;
  esac
}

# The drills are parts of server and e2e; alone they run in their long form, and the simulated campaign of 任务宝 with them.
if wants drill; then
  export HUOMA_DRILL=long
  parts+=(drill-server)
fi
prepare || { say "Building the tests failed."; say "0 passed, ${#parts[@]} failed, 0 skipped"; exit 1; }
# A part that ends badly without a failed test (it crashed, or found no test) counts as one failure.
broken=()
for part in "${parts[@]}"; do
  run_part "$part" </dev/null || broken+=("$part")
done
if [[ -s "$drills" ]]; then
  say "== what the drills found"
  cat "$drills"
fi
node scripts/count-tests.mjs "$reports" "${parts[*]}" "${broken[*]-}"
