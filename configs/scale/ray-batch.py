"""Makes the calls of a file of `care-judge batch export DIR --format ray` with Ray Data.

    python ray-batch.py IN.jsonl OUT --model Qwen/Qwen2.5-7B-Instruct --engines 4
    python ray-batch.py IN.jsonl OUT --model NAME --url http://HOST:8000/v1/chat/completions

The first starts vLLM engines on the cluster (pip install "ray[data,llm]"), the second asks a server
that is there. OUT is a folder; read it with `care-judge batch import OUT/*.json --config CONFIG`.
"""

import argparse

import ray
from ray.data.llm import (
    HttpRequestProcessorConfig,
    build_processor,
    vLLMEngineProcessorConfig,
)

arguments = argparse.ArgumentParser()
arguments.add_argument("input")
arguments.add_argument("output")
arguments.add_argument("--model", required=True)
arguments.add_argument("--engines", type=int, default=1)
arguments.add_argument("--url")
given = arguments.parse_args()


def from_engine(row):
    generated = row["num_generated_tokens"]
    cut = generated >= row["sampling_params"]["max_tokens"]
    return {
        "custom_id": row["custom_id"],
        "generated_text": row["generated_text"],
        "finish_reason": "length" if cut else "stop",
        "usage": {
            "prompt_tokens": row["num_input_tokens"],
            "completion_tokens": generated,
        },
    }


def from_server(row):
    reply = row["http_response"]
    choice = reply["choices"][0]
    return {
        "custom_id": row["custom_id"],
        "generated_text": choice["message"]["content"],
        "finish_reason": choice["finish_reason"],
        "model": reply["model"],
        "usage": {
            name: reply["usage"][name] for name in ("prompt_tokens", "completion_tokens")
        },
    }


def to_server(row):
    # Ray fills what other rows have and this one lacks with None.
    sampling = {k: v for k, v in row["sampling_params"].items() if v is not None}
    return {"payload": {"model": given.model, "messages": list(row["messages"]), **sampling}}


if given.url:
    processor = build_processor(
        HttpRequestProcessorConfig(url=given.url, batch_size=64, max_retries=5),
        preprocess=to_server,
        postprocess=from_server,
    )
else:
    processor = build_processor(
        vLLMEngineProcessorConfig(
            model_source=given.model,
            concurrency=given.engines,
            batch_size=64,
            should_continue_on_error=True,
        ),
        postprocess=from_engine,
    )
processor(ray.data.read_json(given.input, lines=True)).write_json(given.output)
