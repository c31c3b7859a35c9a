"""Shards of a run on a Ray cluster, and their merge.

    python configs/scale/ray_shards.py care-judge.yaml 8 results/merged.sqlite

Every node needs care-judge (CARE_JUDGE says how to call it, by default `npx care-judge`) and the config at the same
path. A shard's store is on its node while it is written, and comes back as bytes when the shard ends.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import ray

MISSING = 3


def care_judge(*args):
    return subprocess.run([*shlex.split(os.environ.get("CARE_JUDGE", "npx care-judge")), *args]).returncode


@ray.remote(num_cpus=1)
def run_shard(config, index, count):
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "shard.sqlite"
        code = care_judge("run", config, "--shard", f"{index}/{count}", "--db", str(store))
        return index, code, store.read_bytes() if store.exists() else None


def main(config, count, out):
    ray.init()
    folder = Path(out).parent
    folder.mkdir(parents=True, exist_ok=True)
    pending = [run_shard.remote(config, index, count) for index in range(1, count + 1)]
    stores = []
    while pending:
        [ended], pending = ray.wait(pending, num_returns=1)
        index, code, store = ray.get(ended)
        print(f"shard {index}/{count} ended with {code}", file=sys.stderr)
        if store is not None:
            kept = folder / f"shard-{index}-of-{count}.sqlite"
            kept.write_bytes(store)
            stores.append(str(kept))
        if code not in (0, MISSING):
            return code
    return care_judge("merge", out, *sorted(stores))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
