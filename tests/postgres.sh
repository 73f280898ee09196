# A private PostgreSQL cluster, for scripts that source this. Nothing of the machine's own clusters is touched.
#
#   start_postgres FOLDER [OPTION…]   makes one in the folder and starts it on a free port; its address is in $postgres_url
#   stop_postgres                     stops it, if there is one
#   resume_postgres FOLDER [OPTION…]  starts it again in the same folder

postgres_url=""
postgres_folder=""

postgres_bin() {
  local dir
  for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(dirname "$(command -v initdb 2>/dev/null || echo /)"); do
    [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] && { echo "$dir"; return 0; }
  done
  return 1
}

# PostgreSQL refuses to run as root; then it runs as the user that its package makes.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null \
    || echo $((20000 + RANDOM % 20000))
}

start_postgres() {
  local folder=$1
  mkdir "$folder" && { [ "$(id -u)" != 0 ] || chown postgres "$folder"; } || return 1
  as_postgres "$(postgres_bin)/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale >"$folder.log" 2>&1 \
    || { cat "$folder.log" >&2; return 1; }
  resume_postgres "$@"
}

resume_postgres() {
  local folder=$1 bin port; shift
  bin=$(postgres_bin) port=$(free_port)
  as_postgres "$bin/pg_ctl" -w -D "$folder/data" -l "$folder/log" \
    -o "-p $port -k $folder -c listen_addresses=127.0.0.1 $*" start >/dev/null || { cat "$folder/log" >&2; return 1; }
  postgres_folder=$folder postgres_url=postgres://postgres@127.0.0.1:$port/postgres
}

stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  as_postgres "$(postgres_bin)/pg_ctl" -m immediate -D "$postgres_folder/data" stop >/dev/null 2>&1
  postgres_folder=""
}
