#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the original hey and ours in turn, on the same cores as the server, and prints the ratio of the
# medians: requests a second, and CPU time (user and system) of the client's process a request, which
# says something on a loaded machine too. wrk, where it is there, shows how much the server can give.
# Then the memory of 1,000,000 and 10,000,000 requests. Takes under six minutes; LONG=1 also sends
# 10,000,000 by HTTP/1.1.
#
# The server is server.c, which does as little as can be done, if there are cc and OpenSSL's headers
# (Debian: libssl-dev), else nginx, which is then what bounds the rate. Needs openssl, GNU time, the
# original in HEY, and a built distribution (mvn package).
# usage: HEY=path-to-the-original benchmarks/hey.sh [seconds of a run, 6] [rounds, 3]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-6} rounds=${2:-3}
theirs=${HEY:?set HEY to the original hey}
ours=${OURS:-$root/bin/hey}
"$ours" -n 1 -c 1 http://127.0.0.1:1/ >/dev/null 2>&1 || true # builds the distribution if it is missing
work=$(mktemp -d)
servers=()
trap '[ ${#servers[@]} = 0 ] || kill "${servers[@]}"; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null

serve() { # serve FILE ARGS...: starts server.c, which writes its port into the file
  local file=$1
  shift
  mkfifo "$file"
  "$work/server" 0 "$@" >"$file" &
  servers+=($!)
}

free_port() {
  local p
  while p=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do :; done
  echo "$p"
}

serve_by_nginx() {
  local nginx
  nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || {
    echo "neither can server.c be compiled (needs cc, libssl-dev) nor is nginx there" >&2
    exit 1
  }
  plain=$(free_port) secure=$(free_port)
  mkdir "$work/www"
  printf '%099d\n' 0 >"$work/www/index.html"
  cat >"$work/nginx.conf" <<CONF
worker_processes 1;
daemon off;
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
  "$nginx" -c "$work/nginx.conf" -p "$work" 2>/dev/null &
  servers+=($!)
  until (exec 3<>"/dev/tcp/127.0.0.1/$secure") 2>/dev/null; do :; done
}

if ${CC:-cc} -O2 -o "$work/server" "$root/benchmarks/server.c" -lssl -lcrypto 2>/dev/null; then
  serve "$work/plain"
  serve "$work/secure" "$work/cert.pem" "$work/key.pem"
  read -r plain <"$work/plain"
  read -r secure <"$work/secure"
  echo "server: server.c, 100 bytes an answer"
else
  serve_by_nginx
  echo "server: nginx, a file of 100 bytes"
fi

# one WHO ARGS...: "requests-per-second cpu-µs-per-request peak-MB" of one run
one() {
  local who=$1
  shift
  /usr/bin/time -o "$work/time" -f '%U %S %M' "$who" "$@" >"$work/out" 2>"$work/err" || true
  if grep -q '^Error distribution' "$work/out"; then
    echo "$who $*: there were errors" >&2
  fi
  awk 'FNR == NR { if (/^  Total:/) total = $2; if (/Requests\/sec/) rate = $2; next }
    { printf "%.0f %.3f %.0f\n", rate, ($1 + $2) * 1e6 / (rate * total + 1e-9), $3 / 1024 }' "$work/out" "$work/time"
}
median() { cut -d' ' -f"$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

compare() { # compare NAME ARGS...
  local name=$1 i
  shift
  : >"$work/theirs" >"$work/ours"
  for ((i = 0; i < rounds; i++)); do
    one "$theirs" "$@" >>"$work/theirs"
    one "$ours" "$@" >>"$work/ours"
  done
  awk -v n="$name" -v tr="$(median "$work/theirs" 1)" -v or="$(median "$work/ours" 1)" \
    -v tc="$(median "$work/theirs" 2)" -v oc="$(median "$work/ours" 2)" \
    -v tm="$(median "$work/theirs" 3)" -v om="$(median "$work/ours" 3)" 'BEGIN {
    printf "%-15s hey %6d/s %6.2f µs %4d MB   ours %6d/s %6.2f µs %4d MB   rate %.2fx, CPU a request %.2f\n",
      n, tr, tc, tm, or, oc, om, or / tr, oc / tc }'
}

memory() { # memory NAME ARGS...
  local name=$1
  shift
  one "$ours" "$@" >"$work/ours"
  awk -v n="$name" '{ printf "%-31s ours %6d/s %6.2f µs %4d MB\n", n, $1, $2, $3 }' "$work/ours"
}

ceiling() { # ceiling CONNECTIONS URL
  command -v wrk >/dev/null || return 0
  /usr/bin/time -o "$work/time" -f '%U %S' wrk -t1 -c"$1" -d"${seconds}s" "$2" >"$work/out"
  awk -v c="$1" 'FNR == NR { if (/Requests\/sec/) rate = $2; if (/requests in/) n = $1; next }
    { printf "  wrk -t1 -c %-3d %6d/s %6.2f µs\n", c, rate, ($1 + $2) * 1e6 / n }' "$work/out" "$work/time"
}

for c in 8 64; do
  compare "http/1.1 -c $c" -z "${seconds}s" -c $c "http://127.0.0.1:$plain/"
  ceiling $c "http://127.0.0.1:$plain/"
done
for c in 8 64; do compare "TLS -c $c" -z "${seconds}s" -c $c "https://localhost:$secure/"; done
for c in 8 64; do compare "-h2 -c $c" -h2 -z "${seconds}s" -c $c "https://localhost:$secure/"; done
rounds=1 compare "-n 1000000 -c 8" -n 1000000 -c 8 "http://127.0.0.1:$plain/"
for n in 1000000 10000000; do memory "-h2 -n $n -c 64" -h2 -n $n -c 64 "https://localhost:$secure/"; done
[ -z "${LONG:-}" ] || memory "-n 10000000 -c 8" -n 10000000 -c 8 "http://127.0.0.1:$plain/"
echo "took $((SECONDS / 60)) min $((SECONDS % 60)) s"
