#!/usr/bin/env bash
# One shard per task of a job array. Submit it, and the merge behind it:
#
#   array=$(CONFIG=care-judge.yaml RESULTS=$PWD/results sbatch --parsable configs/scale/slurm.sh)
#   sbatch --dependency="afterany:$array" --wrap 'npx care-judge merge results/merged.sqlite results/shard-*.sqlite'
#
#SBATCH --job-name=care-judge
#SBATCH --array=1-8
#SBATCH --time=12:00:00
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
# Two minutes before the end, or when the task is preempted, the script stops the run cleanly.
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
set -euo pipefail

: "${CONFIG:?set CONFIG to the config to run}"
: "${RESULTS:?set RESULTS to a folder that all nodes see}"
read -ra program <<< "${CARE_JUDGE:-npx care-judge}"

# SQLite's log does not work over network file systems: the store is on the node while it is written.
scratch=$(mktemp -d "${SLURM_TMPDIR:-${TMPDIR:-/tmp}}/care-judge-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
kept="$RESULTS/shard-$SLURM_ARRAY_TASK_ID.sqlite"
store="$scratch/shard.sqlite"
if [ -e "$kept" ]; then cp "$kept" "$store"; fi

"${program[@]}" run "$CONFIG" --shard auto --db "$store" &
run=$!
trap 'kill -TERM "$run" 2>/dev/null || true' TERM
code=0
wait "$run" || code=$?
# A signal ends the waiting, not yet the run.
while kill -0 "$run" 2>/dev/null; do
  code=0
  wait "$run" || code=$?
done

if [ -e "$store" ]; then
  mkdir -p "$RESULTS"
  cp "$store" "$kept.part"
  mv "$kept.part" "$kept"
fi
exit "$code"
