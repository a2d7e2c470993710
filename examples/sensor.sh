#!/usr/bin/env bash
# Sends what comes on stdin, an event a line (NDJSON), to Edgewatch. README.md says what it promises and needs.
set -euo pipefail
export LC_ALL=C
url=${EDGEWATCH_URL:?the address of Edgewatch}/api/v1/events/batch
key=${EDGEWATCH_KEY:?the key of this sensor}
spool=${EDGEWATCH_SPOOL:-./spool}
timeout=${EDGEWATCH_TIMEOUT:-30}
max_lines=500 max_bytes=1000000 max_seconds=5 max_wait_ms=60000
run=$(date +%s)-$RANDOM$RANDOM number=0 batch=''

# Every line is on disk as soon as it is read, with an id of its own: sent again, it is no second event.
keep() {
  local line=$1
  if [[ -z $batch ]]; then
    number=$((number + 1)) lines=0 bytes=0 started=$SECONDS
    batch=$spool/$(printf '%s-%06d' "$run" "$number")
  fi
  lines=$((lines + 1)) bytes=$((bytes + ${#line} + 60))
  if [[ $line == '{'* && $line != *'"external_id"'* ]]; then
    line="{\"external_id\":\"${batch##*/}-$lines\",${line#\{}"
  fi
  printf '%s\n' "$line" >>"$batch.part"
}

close_batch() {
  [[ -z $batch ]] || mv "$batch.part" "$batch.ndjson"
  batch=''
}

read_lines() {
  local line rest='' status
  while :; do
    status=0
    IFS= read -r -t 1 line || status=$?
    rest+=$line
    # More than 128 is the timeout, which may have cut a line in two.
    if ((status <= 128)); then
      [[ -z $rest ]] || keep "$rest"
      rest=''
    fi
    if ((status > 0 && status <= 128)); then break; fi
    [[ -z $batch ]] || ((lines < max_lines && bytes < max_bytes && SECONDS - started < max_seconds)) || close_batch
  done
  close_batch
}

report() { echo "sensor: $1" >&2; }

# Sends one batch until it is stored. Only what Edgewatch finds wrong is dropped, and reported.
send() {
  local attempt=0 status after limit ms
  while :; do
    rm -f "$spool/.headers"
    status=$(gzip -c "$1" | curl -sS --max-time "$timeout" -o "$spool/.answer" -D "$spool/.headers" -w '%{http_code}' \
      -H @<(printf 'Authorization: Bearer %s\n' "$key") -H 'Content-Type: application/x-ndjson' \
      -H 'Content-Encoding: gzip' --data-binary @- "$url") || status=000
    case $status in
      200)
        grep -q '"rejected":\[\]' "$spool/.answer" || report "rejected: $(head -c 2000 "$spool/.answer")"
        rm "$1"
        return
        ;;
      400 | 413 | 415)
        report "rejected, all of a batch: $(head -c 2000 "$spool/.answer")"
        rm "$1"
        return
        ;;
    esac
    # Not before Retry-After; otherwise any moment of a time that doubles.
    after=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,6\}\).*/\1/p' "$spool/.headers" 2>/dev/null) || after=''
    limit=$((attempt < 7 ? 500 << attempt : max_wait_ms))
    if [[ -n $after ]]; then ms=$((after * 1000 + RANDOM * 1000 / 32768)); else ms=$((RANDOM * limit / 32768)); fi
    report "not stored ($status), again in $ms ms"
    sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
    attempt=$((attempt + 1))
  done
}

send_all() {
  local file
  for file in "$spool"/*.ndjson; do
    [[ ! -e $file ]] || send "$file"
  done
}

mkdir -p "$spool"
# What was being kept when the machine went down is a batch, too.
for part in "$spool"/*.part; do
  [[ ! -e $part ]] || mv "$part" "${part%.part}.ndjson"
done
read_lines <&0 &
reader=$!
trap 'kill "$reader" 2>/dev/null || true' EXIT
while kill -0 "$reader" 2>/dev/null; do
  send_all
  sleep 0.2
done
send_all
# Fails when reading did: a full disk, say.
wait "$reader"
