# Shell functions that the scripts share.

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

# Prints a command's output only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "\`$*\` failed"
  fi
  rm -f "$log"
}

# Where downloads are kept. Not in root's home: the servers that root starts run as a user who cannot enter it.
cache_dir() {
  if [ -n "${SCHEMADIFF_CACHE:-}" ]; then
    printf '%s\n' "$SCHEMADIFF_CACHE"
  elif [ "$(id -u)" -eq 0 ]; then
    echo /var/cache/schemadiff
  else
    printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/schemadiff"
  fi
}
