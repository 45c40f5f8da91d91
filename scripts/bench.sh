#!/usr/bin/env bash
# make bench: the scan path under load. Arguments: --rounds N --seconds S --only PART-OF-A-NAME; "growth" or "reports" first for make bench-growth and make bench-reports.
set -euo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"

need_sdk
need_node
need_packages "${picture_packages[@]}" "${database_packages[@]}" "${bench_packages[@]}"
dotnet build bench/Huoma.Bench -c Release -v quiet --nologo
exec dotnet bench/Huoma.Bench/bin/Release/net10.0/Huoma.Bench.dll "$@"
