#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the original hey, ours and wrk in turn against nginx with a file of 12 bytes on the same cores,
# and prints the ratio of the medians: requests a second, and CPU time a request. Then the memory of
# 1,000,000 and 10,000,000 requests. Needs nginx (Debian's nginx-light), openssl, GNU time, the
# original in HEY, and a built distribution (mvn package).
# usage: HEY=path-to-the-original benchmarks/hey.sh [seconds of a run, 5] [rounds, 3]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-5} rounds=${2:-3}
theirs=${HEY:?set HEY to the original hey}
ours=$root/bin/hey
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || { echo "nginx is not there (Debian: nginx-light)" >&2; exit 1; }
work=$(mktemp -d)
trap '[ -f "$work/nginx.pid" ] && kill "$(cat "$work/nginx.pid")"; rm -rf "$work"' EXIT

port() { # a free one
  local p
  while p=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do :; done
  echo "$p"
}
plain=$(port) secure=$(port)
mkdir "$work/www"
printf 'hello world\n' >"$work/www/index.html"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat >"$work/nginx.conf" <<CONF
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server { listen 127.0.0.1:$plain; root $work/www; }
  server { listen 127.0.0.1:$secure ssl http2; root $work/www;
    ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; }
}
CONF
"$nginx" -c "$work/nginx.conf" -p "$work" 2>/dev/null

# one WHO ARGS...: "requests-per-second cpu-µs-per-request peak-MB" of one run
one() {
  local who=$1
  shift
  /usr/bin/time -o "$work/time" -f '%U %S %M' "$who" "$@" >"$work/out" 2>"$work/err"
  awk -v s="$seconds" 'FNR == NR { if (/Requests\/sec/) rate = $2; if (/responses$/) n += $2; next }
    { printf "%.0f %.3f %.0f\n", rate, ($1 + $2) * 1e6 / (n ? n : rate * s), $3 / 1024 }' "$work/out" "$work/time"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

compare() { # compare NAME ARGS...
  local name=$1 i
  shift
  : >"$work/theirs" >"$work/ours"
  for ((i = 0; i < rounds; i++)); do
    one "$theirs" "$@" >>"$work/theirs"
    one "$ours" "$@" >>"$work/ours"
  done
  local tr or tc oc om tm
  tr=$(cut -d' ' -f1 "$work/theirs" | median) or=$(cut -d' ' -f1 "$work/ours" | median)
  tc=$(cut -d' ' -f2 "$work/theirs" | median) oc=$(cut -d' ' -f2 "$work/ours" | median)
  tm=$(cut -d' ' -f3 "$work/theirs" | median) om=$(cut -d' ' -f3 "$work/ours" | median)
  awk -v n="$name" -v tr="$tr" -v or="$or" -v tc="$tc" -v oc="$oc" -v tm="$tm" -v om="$om" 'BEGIN {
    printf "%-22s hey %6d/s %6.2f µs %4d MB   ours %6d/s %6.2f µs %4d MB   rate %.2fx, CPU a request %.2f\n",
      n, tr, tc, tm, or, oc, om, or / tr, oc / tc }'
}

for c in 8 64; do compare "http/1.1 -c $c" -z "${seconds}s" -c $c "http://127.0.0.1:$plain/"; done
if command -v wrk >/dev/null; then
  for c in 8 64; do
    printf 'wrk -t1 -c %s %s/s\n' $c "$(wrk -t1 -c$c -d"${seconds}s" "http://127.0.0.1:$plain/" | awk '/Requests\/sec/ { printf "%d", $2 }')"
  done
fi
for c in 8 64; do compare "TLS -c $c" -z "${seconds}s" -c $c "https://localhost:$secure/"; done
for c in 8 64; do compare "-h2 -c $c" -h2 -z "${seconds}s" -c $c "https://localhost:$secure/"; done
for n in 1000000 ${LONG:+10000000}; do
  rounds=1 compare "-n $n -c 8" -n $n -c 8 "http://127.0.0.1:$plain/"
done
