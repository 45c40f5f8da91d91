# What the commands need, and how to get it. Sourced by the other scripts; every function is quick when nothing is missing.
# shellcheck shell=bash disable=SC2034

# The pictures: libvips draws and checks them, ZXingReader reads their QR, the fonts hold Chinese, emoji and the letters of the other names. tzdata: where a day begins.
picture_packages=(libvips42 zxing-cpp-tools fontconfig fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji tzdata)
# The tests start a PostgreSQL of their own and look at the pages in Chromium.
database_packages=(postgresql)
browser_packages=(chromium)
# The load generator of the benchmark.
bench_packages=(wrk)

say() { printf '%s\n' "$*"; }

die() {
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit 1
}

need_sdk() {
  if ! command -v dotnet >/dev/null && [[ -x "$HOME/.dotnet/dotnet" ]]; then
    export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
  fi
  local found
  # In this folder global.json makes dotnet answer only when a fitting SDK is there.
  found="$(dotnet --version 2>&1)" && return
  die "The .NET SDK 10.0 (10.0.400 or newer) is missing. To get it, without root:" \
    "  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0" \
    "  export PATH=\"\$HOME/.dotnet:\$PATH\"" \
    "or see https://dotnet.microsoft.com/download/dotnet/10.0 (macOS: brew install dotnet-sdk)." \
    "What dotnet said: ${found:-nothing}"
}

need_node() {
  local version=none
  if command -v node >/dev/null && command -v npm >/dev/null; then
    version="$(node --version)"
    [[ "${version#v}" =~ ^([0-9]+) ]] && ((BASH_REMATCH[1] >= 20)) && return
  fi
  die "Node.js 20 or newer with npm is missing (found: $version); it builds the console. To get it:" \
    "  curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt-get install -y nodejs" \
    "or see https://nodejs.org/en/download (macOS: brew install node)."
}

# need_packages NAME…: Debian packages, installed when they are missing.
need_packages() {
  [[ "${HUOMA_NATIVE:-}" == skip ]] && return
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    need_commands "$@"
    return
  fi
  local missing=() name
  for name in "$@"; do
    has_package "$name" || missing+=("$name")
  done
  ((${#missing[@]} == 0)) && return
  local sudo=()
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
      sudo=(sudo)
    else
      die "These packages are missing, and installing them needs root:" \
        "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    fi
  fi
  say "Installing: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
}

# Newer Debian and Ubuntu releases add t64 to the names of some libraries.
has_package() { [[ "$(dpkg-query -W -f='|${db:Status-Status}|' "$1" "$1t64" 2>/dev/null)" == *'|installed|'* ]]; }

# The same question where there is no apt: only asked, for every system installs differently.
need_commands() {
  local missing=() name
  for name in "$@"; do
    case "$name" in
      libvips42) has_library libvips || missing+=("libvips 8.14 or newer") ;;
      zxing-cpp-tools) command -v ZXingReader >/dev/null || missing+=("ZXingReader (zxing-cpp)") ;;
      fontconfig) command -v fc-list >/dev/null || missing+=("fontconfig") ;;
      fonts-noto-cjk) has_font 'Noto Sans CJK SC' || missing+=("the font Noto Sans CJK SC") ;;
      fonts-noto-core) has_font 'Noto Sans Thai' || missing+=("the Noto fonts of other scripts (Noto Sans Thai, Noto Serif Tibetan, …)") ;;
      fonts-noto-color-emoji) has_font 'Noto Color Emoji' || missing+=("the font Noto Color Emoji") ;;
      postgresql) command -v initdb >/dev/null || missing+=("the PostgreSQL server programs (initdb on the PATH)") ;;
      wrk) command -v wrk >/dev/null || missing+=("wrk") ;;
      chromium) command -v chromium >/dev/null || missing+=("Chromium (chromium on the PATH)") ;;
    esac
  done
  ((${#missing[@]} == 0)) && return
  die "Huoma is made for Debian 12. Here, without apt, these are missing:" "${missing[@]/#/  - }" \
    "Install them as your system does, or set HUOMA_NATIVE=skip to go on without this check."
}

has_library() {
  ldconfig -p 2>/dev/null | grep -q "$1\.so" || compgen -G "/opt/homebrew/lib/$1.*dylib" >/dev/null || compgen -G "/usr/local/lib/$1.*" >/dev/null
}

has_font() { fc-list 2>/dev/null | grep -q "$1"; }

need_console_packages() { need_npm_packages web/console "console's"; }

need_gateway_packages() { need_npm_packages gateway "gateway's"; }

# need_npm_packages FOLDER WHOSE: fetched again only when the lock file changed.
need_npm_packages() {
  local installed="$1/node_modules/.package-lock.json"
  if [[ ! -e "$installed" || "$1/package-lock.json" -nt "$installed" || "$1/package.json" -nt "$installed" ]]; then
    say "Fetching the $2 packages"
    npm --prefix "$1" ci --no-audit --no-fund --loglevel=error
    touch "$installed"
  fi
}

# Every script runs in the repository's root, with a quiet dotnet and libvips as it wants to be run.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Native code reads these as early as the process starts: no log lines about broken pictures, and two malloc arenas instead of one a thread.
export VIPS_WARNING=1 MALLOC_ARENA_MAX=2
if [[ "${CI:-}" == true ]]; then
  # No compiler or MSBuild process may outlive the run.
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
fi
