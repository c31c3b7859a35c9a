"""Loads training files the way trainers do. Arguments: a folder with TRAINER-METHOD/pairs.jsonl."""

import json
import sys
from pathlib import Path

import datasets
from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast
from trl.data_utils import apply_chat_template, is_conversational, unpair_preference_dataset

datasets.disable_progress_bars()
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=Tokenizer(models.WordLevel({"<unk>": 0}, unk_token="<unk>"))
)
tokenizer.chat_template = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def load(folder):
    files = str(folder / "pairs.jsonl")
    return datasets.load_dataset("json", data_files=files, split="train", cache_dir=str(folder / "cache"))


def trl(method, rows):
    first = rows[0]
    assert is_conversational(first), first
    texts = apply_chat_template(first, tokenizer)
    if method in ("dpo", "simpo"):
        assert texts["prompt"].startswith("<|user|>") and texts["prompt"].endswith("<|assistant|>")
        assert texts["chosen"] == first["chosen"][0]["content"] + "<|end|>"
        unpaired = unpair_preference_dataset(rows)
        assert len(unpaired) == 2 * len(rows) and set(unpaired["label"]) == {True, False}
    else:
        assert texts["completion"] == first["completion"][0]["content"] + "<|end|>"
    if method == "kto":
        assert rows.features["label"].dtype == "bool"


def llama_factory(method, rows, folder):
    entry = json.loads((folder / "dataset_info.json").read_text())["pairs"]
    assert entry["file_name"] == "pairs.jsonl" and entry["formatting"] == "sharegpt"
    columns = entry["columns"]
    turns = rows[0][columns["messages"]]
    ranked = entry.get("ranking", False)
    # Ranked conversations end with the person, the others with the model.
    assert [turn["from"] for turn in turns] == (["human"] if ranked else ["human", "gpt"])
    if ranked:
        assert rows[0][columns["chosen"]]["from"] == rows[0][columns["rejected"]]["from"] == "gpt"
    if method == "kto":
        assert isinstance(rows[0][columns["kto_tag"]], bool)


def axolotl(method, rows):
    first = rows[0]
    if method in ("dpo", "simpo"):
        text = tokenizer.apply_chat_template(first["messages"] + [first["chosen"]], tokenize=False)
        assert text.endswith(first["chosen"]["content"] + "<|end|>")
    elif method == "kto":
        assert isinstance(first["prompt"], str) and isinstance(first["label"], bool)
    else:
        assert [message["role"] for message in first["messages"]] == ["user", "assistant"]


def openrlhf(method, rows):
    first = rows[0]
    side = "chosen" if method == "dpo" else "completion"
    prompt = tokenizer.apply_chat_template(first["prompt"], tokenize=False, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template(first["prompt"] + first[side], tokenize=False)
    assert whole[len(prompt):] == first[side][0]["content"] + "<|end|>"
    if method == "dpo":
        assert first["margin"] > 0


def check(trainer, method, folder):
    rows = load(folder)
    if trainer == "llama-factory":
        llama_factory(method, rows, folder)
    else:
        {"trl": trl, "axolotl": axolotl, "openrlhf": openrlhf}[trainer](method, rows)
    return len(rows)


counts = {}
for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
    trainer, _, method = folder.name.rpartition("-")
    counts[folder.name] = check(trainer, method, folder)
print(json.dumps(counts))
