#!/usr/bin/env bash
# make run: builds what changed and starts Huoma; Ctrl-C stops it.
set -euo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"
need_sdk
need_node
need_packages "${picture_packages[@]}"

say "Building (the first time takes a minute or two)"
dotnet build src/Huoma.Server -c Release -v quiet --nologo

export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://localhost:5080}"
export Huoma__DataDirectory="${Huoma__DataDirectory:-$PWD/data}"
# For people: one short line an event, and none of the framework's. As a service the program writes JSON.
export Logging__LogLevel__Microsoft="${Logging__LogLevel__Microsoft:-Warning}"
export Logging__Console__FormatterName="${Logging__Console__FormatterName:-simple}"
export Logging__Console__FormatterOptions__SingleLine=true

say "Huoma: ${ASPNETCORE_URLS%%;*}/console/   Data: $Huoma__DataDirectory   Ctrl-C stops it"
# exec: the server itself gets Ctrl-C, and ends after it has answered what it took on.
exec dotnet src/Huoma.Server/bin/Release/net10.0/Huoma.Server.dll
