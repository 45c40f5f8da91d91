#!/usr/bin/env bash
# make run: builds what changed and starts Huoma; Ctrl-C stops it. DEMO=1: with the WeChat simulator, and demo data in a store of its own.
set -euo pipefail
# shellcheck source=scripts/need.sh
source "$(dirname "$0")/need.sh"
need_sdk
need_node
need_packages "${picture_packages[@]}"

say "Building (the first time takes a minute or two)"
dotnet build src/Huoma.Server -c Release -v quiet --nologo

export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://localhost:5080}"
demo=""
[[ "${DEMO:-}" == 1 ]] && demo=/demo
export Huoma__DataDirectory="${Huoma__DataDirectory:-$PWD/data$demo}"
# For people: one short line an event, and none of the framework's. As a service the program writes JSON.
export Logging__LogLevel__Microsoft="${Logging__LogLevel__Microsoft:-Warning}"
export Logging__Console__FormatterName="${Logging__Console__FormatterName:-simple}"
export Logging__Console__FormatterOptions__SingleLine=true

# The demo's owner has a password of his own, made once: the simulator is for this machine, but the console may be reached from others.
if [[ -n "$demo" ]]; then
  export Huoma__Simulator__Enabled="${Huoma__Simulator__Enabled:-true}"
  export Huoma__Owner__Account="${Huoma__Owner__Account:-demo@example.com}"
  if [[ -z "${Huoma__Owner__Password:-}" ]]; then
    kept="$Huoma__DataDirectory/demo-password"
    mkdir -p "$Huoma__DataDirectory"
    [[ -s "$kept" ]] || (umask 077 && head -c 12 /dev/urandom | base64 | tr '+/' 'xy' >"$kept")
    Huoma__Owner__Password="$(<"$kept")"
    export Huoma__Owner__Password
  fi
  # 公众号 is the simulator's, too, at the address that is opened; nothing but this server ever hears of the secret.
  self="$(sed -E 's#;.*##; s#/$##; s#//(\*|\+|0\.0\.0\.0|\[::\])#//localhost#' <<<"$ASPNETCORE_URLS")"
  export Huoma__OfficialAccount__AppId="${Huoma__OfficialAccount__AppId:-wxSIMULATOR000001}"
  export Huoma__OfficialAccount__Secret="${Huoma__OfficialAccount__Secret:-$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')}"
  export Huoma__OfficialAccount__ApiBase="${Huoma__OfficialAccount__ApiBase:-$self/sim}"
  export Huoma__OfficialAccount__AuthorizeBase="${Huoma__OfficialAccount__AuthorizeBase:-$self/sim}"
  export Huoma__OfficialAccount__ScriptUrl="${Huoma__OfficialAccount__ScriptUrl:-$self/sim/assets/jweixin.js}"
  node scripts/demo.mjs "${ASPNETCORE_URLS%%;*}" "$Huoma__Owner__Account" "$Huoma__Owner__Password" &
fi

say "Huoma: ${ASPNETCORE_URLS%%;*}/console/   Data: $Huoma__DataDirectory   Ctrl-C stops it"
# exec: the server itself gets Ctrl-C, and ends after it has answered what it took on.
exec dotnet src/Huoma.Server/bin/Release/net10.0/Huoma.Server.dll
