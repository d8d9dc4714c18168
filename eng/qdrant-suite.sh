#!/usr/bin/env bash
# Packs the programs that test an index on a Qdrant server or cluster into a folder that runs on any linux-x64 machine
# without .NET: the index tests, and a load with access revocations during which nodes may be stopped, killed, frozen or
# disconnected.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(realpath -m "${1:-$root/artifacts/qdrant-suite}")

publish() { dotnet publish "$root/$1" -r linux-x64 --self-contained -c Release -o "$out/$2" -v quiet -clp:ErrorsOnly; }
publish RagApp.Tests tests
publish RagApp.Benchmarks benchmarks

cat <<TEXT
Packed in $out. QDRANT_URL names the server by its gRPC address, for a cluster every node's, joined by commas; REST is asked
at the port before (6334 and 6333). QDRANT_API_KEY is the server's key, if it has one:

  export QDRANT_URL=http://HOST:6334 QDRANT_API_KEY=KEY
  $out/tests/RagApp.Tests -namespace RagApp.Tests.Storage.Qdrant -noLogo
  $out/benchmarks/RagApp.Benchmarks revocations --seconds 300

Each exits with 0 when all is well. Both work under names of their own and remove what they wrote.
TEXT
