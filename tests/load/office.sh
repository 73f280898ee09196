# Sourced by the scripts beside it: an office without a tenant, whose pages are measured.

# Says its configuration: with this database, what is its own in this folder (keys.toml is there), on these two ports.
office() {
  local url=$1 folder=$2 port=$3 private=$4
  cat <<TOML
[database]
url = "$url"
[dingtalk]
allow_simulator = true
api_base = "http://127.0.0.1:9"
oapi_base = "http://127.0.0.1:9"
corp_id = "dingloadcorp"
client_id = "dingloadapp"
agent_id = 1
client_secret = "load"
callback_token = "loadtoken01"
callback_aes_key = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
aid_process_code = "PROC-LOAD"
[web]
listen = "127.0.0.1:$port"
public_url = "http://127.0.0.1:$port"
[private]
listen = "127.0.0.1:$private"
[second_factor]
required = false
[help]
name = "服务台"
phone = "0571-88880000"
[evidence]
folder = "$folder/papers"
[log]
level = "error"
[keys]
TOML
  cat "$folder/keys.toml"
}

# Waits until a server answers there.
answering() {
  for _ in $(seq 300); do curl -sf -o /dev/null "$1" && return; sleep 0.1; done
  echo "$1 never answered" >&2
  return 1
}

# Where cargo leaves what it builds with a profile.
built_with() {
  cargo metadata --no-deps --format-version 1 | sed -E "s/.*\"target_directory\":\"([^\"]*)\".*/\1\/$1/"
}
