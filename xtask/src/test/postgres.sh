# Runs one PostgreSQL for as long as somebody holds our standard input open: when the tests end, fail,
# are interrupted or killed, it is closed, and the server and its folder go. Arguments: bin, folder, port.
set -eu
bin=$1 folder=$2 port=$3
trap 'rm -rf "$folder"' EXIT
trap '' INT
"$bin/initdb" --pgdata="$folder/data" --username=muster --pwfile="$folder/password" \
    --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-instructions >"$folder/initdb.log"
"$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c max_connections=200 >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 600); do
    if "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; then echo ready; break; fi
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    sleep 0.1
done
cat >/dev/null
kill -INT "$server"
wait "$server" || true
