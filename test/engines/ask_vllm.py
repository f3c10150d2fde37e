"""Asks vLLM itself about rendered flags: its argument parser, then its engine config, with a card of 24 GB pretended.

    python ask_vllm.py FOLDER        # FOLDER: what write-cases.ts wrote

Nothing is loaded, nothing is fetched, no GPU is needed. See docs/checking-vllm.md.
"""

import contextlib
import importlib
import io
import json
import logging
import os
import re
import subprocess
import sys
import types

os.environ.update(HF_HUB_OFFLINE="1", VLLM_LOGGING_LEVEL="ERROR", VLLM_NO_USAGE_STATS="1")

# vLLM looks at a model's class in a process of its own, and remembers. That process must be a CPU's, so it comes first.
inspect = """
from vllm.model_executor.models.registry import ModelRegistry
for name in ("Qwen2ForCausalLM", "Eagle3LlamaForCausalLM", "LlamaForCausalLMEagle3"):
    if name in ModelRegistry.models:
        ModelRegistry.models[name].inspect_model_cls()
"""
subprocess.run([sys.executable, "-c", inspect], check=True, capture_output=True)

# The CPU build has no CUDA kernels; the checks need none, only the modules' names.
for name in ("_C_stable_libtorch", "_C", "_moe_C", "vllm_flash_attn._vllm_fa2_C", "vllm_flash_attn._vllm_fa3_C"):
    sys.modules.setdefault(f"vllm.{name}", types.ModuleType(f"vllm.{name}"))

import vllm.platforms as platforms  # noqa: E402
from vllm.platforms.interface import DeviceCapability  # noqa: E402
from vllm.platforms.cuda import NonNvmlCudaPlatform  # noqa: E402

card = {"count": 4, "memory": 24 << 30}


class PretendedCard(NonNvmlCudaPlatform):
    """A card of the 4090's kind."""

    @classmethod
    def get_device_capability(cls, device_id=0):
        return DeviceCapability(8, 9)

    @classmethod
    def get_device_name(cls, device_id=0):
        return "NVIDIA GeForce RTX 4090 D"

    @classmethod
    def get_device_total_memory(cls, device_id=0):
        return card["memory"]

    @classmethod
    def device_count(cls):
        return card["count"]

    @classmethod
    def is_fully_connected(cls, physical_device_ids):
        return False

    @classmethod
    def num_compute_units(cls, device_id=0):
        return 114


platforms._current_platform = PretendedCard()

import vllm._custom_ops as kernels  # noqa: E402

# What a kernel can do is asked of the kernel: those of the pretended card can.
for name in dir(kernels):
    if "supports" in name:
        setattr(kernels, name, lambda *_: True)

import vllm  # noqa: E402
from vllm.engine.arg_utils import AsyncEngineArgs  # noqa: E402
from vllm.usage.usage_lib import UsageContext  # noqa: E402
from vllm.utils.argparse_utils import FlexibleArgumentParser  # noqa: E402

for place in ("vllm.entrypoints.launchers.cli_args", "vllm.entrypoints.openai.cli_args"):
    with contextlib.suppress(ImportError):
        cli_args = importlib.import_module(place)
        break

logging.disable(logging.CRITICAL)
parser = cli_args.make_arg_parser(FlexibleArgumentParser(prog="vllm serve"))


def ask(args):
    """What vLLM says: at which of its two doors, and in its words; (None, "") if it takes all."""
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors):
            parsed = parser.parse_args(args)
            cli_args.validate_parsed_serve_args(parsed)
    except SystemExit:
        return "parser", errors.getvalue().partition("error:")[2]
    except Exception as error:
        return "parser", str(error)
    try:
        if getattr(parsed, "model_tag", None):
            parsed.model = parsed.model_tag
        AsyncEngineArgs.from_cli_args(parsed).create_engine_config(usage_context=UsageContext.OPENAI_API_SERVER)
    except BaseException as error:
        return "engine config", f"{type(error).__name__}: {error}"
    return None, ""


folder = sys.argv[1]
with open(os.path.join(folder, "cases.json")) as file:
    cases = json.load(file)
os.chdir(os.path.join(folder, "models"))

wrong = 0
for case in cases:
    card["count"], card["memory"] = case["gpuCount"], int(case["gpuMemoryGib"] * (1 << 30))
    door, words = ask(case["args"])
    if case["refuses"] is not None:
        right = door is not None and re.search(case["refuses"], words, re.S) is not None
        verdict = "refused" if right else "WRONG  "
    elif case["cannotTell"] is not None:
        right, verdict = True, "-" if door is None else "refused"
        words = words or case["cannotTell"]
    else:
        right = door is None
        verdict = "taken" if right else "WRONG  "
    wrong += not right
    print(f"{verdict:7} {case['name']}: {door or ''} {' '.join(words.split())[:230]}".rstrip())
print(f"vLLM {vllm.__version__}: {len(cases)} asked, {wrong} wrong")
sys.exit(1 if wrong else 0)
