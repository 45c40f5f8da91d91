#!/usr/bin/env bash
# make format: puts C#, the console's and the gateway's sources into shape.
set -euo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"
need_sdk
need_node
need_console_packages
need_gateway_packages
dotnet format Huoma.slnx
npm --prefix web/console run --silent lint -- --fix
npm --prefix gateway run --silent lint -- --fix
