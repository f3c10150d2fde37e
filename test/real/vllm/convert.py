"""Makes of a GGUF file the folder that vLLM loads: convert.py FILE.gguf FOLDER"""

import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

file, folder = Path(sys.argv[1]), sys.argv[2]
AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.bfloat16)
# The weights are whole numbers of bfloat16 by now, and it would not save what it takes for quantized.
model.hf_quantizer, model.is_quantized, model.quantization_method = None, False, None
for name in ("quantization_config", "_pre_quantization_dtype"):
    model.config.__dict__.pop(name, None)
model.save_pretrained(folder)
