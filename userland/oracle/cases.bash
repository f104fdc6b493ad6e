# shellcheck shell=bash
# What `record` and `compare` share: reading a case, running it, writing what it did as a record.
#
# A case is cases/NAME.sh, with its standard input in cases/NAME.in if it has any. Its leading
# comment says what it shows, and may hold these keys, one a line:
#   # nodes: 2              how many nodes it needs (1)
#   # image: debian-small   the image it runs in (base)
#   # shell: bash           the program that gets the text after -c (sh)
#   # args: one two         its positional parameters (none)
#   # stderr: any           standard error is not compared
#   # program: NAME         its standard input is programs/NAME.c, compiled

readonly here=${BASH_SOURCE[0]%/*}
readonly cases=$here/cases records=$here/records

# The value of key $2 in case $1, or $3.
key() {
  local value
  value=$(sed -n "/^#/!q; s/^# $2: *//p" "$cases/$1.sh")
  echo "${value:-$3}"
}

# The names of the cases that match any of the patterns; all without a pattern.
names() {
  local file name pattern
  [ $# -gt 0 ] || set -- '*'
  for file in "$cases"/*.sh; do
    name=${file##*/}
    name=${name%.sh}
    for pattern in "$@"; do
      # shellcheck disable=SC2053
      [[ $name == $pattern ]] && echo "$name" && break
    done
  done
}

# Prints file $1 with | before each line, and says when the last line does not end.
quote() {
  [ -s "$1" ] || return 0
  sed 's/^/|/' "$1"
  [ -z "$(tail -c 1 "$1" | tr '\0' x)" ] || printf '\n\\ no newline\n'
}

# Runs case $1 by the command $3.. in folder $2, which then holds out, err and record.
run_case() {
  local name=$1 work=$2 input=/dev/null image args status program
  shift 2
  [ -e "$cases/$name.in" ] && input=$cases/$name.in
  program=$(key "$name" program '')
  if [ -n "$program" ]; then
    input=$("$here/program" "$program") || exit 125
  fi
  image=$(key "$name" image base)
  read -r -a args <<<"$(key "$name" args '')"
  if [ -n "${images-}" ]; then
    set -- "$@" --image "$images/$image"
  elif [ "$image" != base ]; then
    set -- "$@" --image "$image"
  fi
  set -- "$@" --nodes "${nodes:-$(key "$name" nodes 1)}"
  set -- "$@" -- "$(key "$name" shell sh)" -c "$(cat "$cases/$name.sh")" "$name" "${args[@]}"
  # Both outputs are pipes, as they are for a person who asks what a program prints.
  {
    { timeout -k 5 "${limit:-120}" "$@" <"$input" 2>&3 3>&-; echo $? >"$work/status"; } | cat >"$work/out"
  } 3>&1 | cat >"$work/raw"
  status=$(cat "$work/status")
  # The emulator's own remark on a fatal signal is no output of the program.
  sed '/^qemu: uncaught target signal/d' "$work/raw" >"$work/err"
  {
    echo "status $status"
    echo stdout
    quote "$work/out"
    if [ "$(key "$name" stderr compared)" = any ]; then
      echo "stderr any"
    else
      echo stderr
      quote "$work/err"
    fi
  } >"$work/record"
}

# Calls this script again as `--one NAME` for each name on standard input, $1 at a time.
each() {
  xargs -r -d '\n' -n 1 -P "$1" "$BASH" "$0" --one
}
