"""llama.cpp's own HTTP server, out of the wheel `xllamacpp`, with a tiny random model: real wire, empty words.

    python server.py FOLDER        writes FOLDER/tiny.gguf, prints the server's URL, serves until it is killed
"""

import os
import sys
import time

import numpy as np
import xllamacpp
from gguf import GGUFWriter, TokenType

HIDDEN, FEED_FORWARD, LAYERS, HEADS, CONTEXT, SLOTS = 64, 128, 2, 2, 8192, 4
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
CONTROL = ["<|bos|>", "<|eos|>", "<|user|>", "<|system|>", "<|assistant|>"]


def byte_letters():
    """The letters by which GPT-2 writes the 256 bytes, so that every text is tokens of one byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return [chr(byte) for byte in shown] + [chr(256 + place) for place in range(len(hidden))]


def write_model(file):
    # llama.cpp refuses a tokenizer without merges: one that joins two spaces.
    tokens = CONTROL + byte_letters() + ["ĠĠ"]
    kinds = [TokenType.CONTROL] * len(CONTROL) + [TokenType.NORMAL] * (len(tokens) - len(CONTROL))
    random = np.random.default_rng(0)

    def matrix(*shape):
        return (random.standard_normal(shape) * 0.05).astype(np.float32)

    writer = GGUFWriter(file, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(HIDDEN // HEADS)
    writer.add_file_type(0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["Ġ Ġ"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_chat_template(TEMPLATE)
    writer.add_tensor("token_embd.weight", matrix(len(tokens), HIDDEN))
    writer.add_tensor("output_norm.weight", np.ones(HIDDEN, np.float32))
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{block}{norm}.weight", np.ones(HIDDEN, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{block}{part}.weight", matrix(HIDDEN, HIDDEN))
        for part in ("ffn_gate", "ffn_up"):
            writer.add_tensor(f"{block}{part}.weight", matrix(FEED_FORWARD, HIDDEN))
        writer.add_tensor(f"{block}ffn_down.weight", matrix(HIDDEN, FEED_FORWARD))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


file = os.path.join(sys.argv[1], "tiny.gguf")
write_model(file)
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel = file, CONTEXT * SLOTS, SLOTS
params.hostnames, params.port, params.model_alias = ["127.0.0.1"], 0, {"tiny"}
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
while True:
    time.sleep(60)
