#!/usr/bin/env bash
# make api: writes docs/api/openapi.json as the server describes itself, then the console's client from it.
set -euo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"
need_sdk
need_node
need_packages "${picture_packages[@]}"
need_console_packages
# BuildConsole=false: the console may not compile before its client is there.
dotnet build tests/Huoma.Server.Tests -c Release -v quiet --nologo -p:BuildConsole=false
UPDATE_OPENAPI=1 dotnet test --project tests/Huoma.Server.Tests/Huoma.Server.Tests.csproj -c Release --no-build --filter-class '*OpenApi*'
npm --prefix web/console run --silent api
