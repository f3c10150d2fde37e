"""Writes down what is said in WAV files: hear.py FOLDER LANGUAGE [PROMPT] < one path a line > one JSON text a line

FOLDER is where the model is put together from its two packages.
"""

import json
import sys
from pathlib import Path

import whisper_base

folder, language = Path(sys.argv[1]), sys.argv[2]
prompt = sys.argv[3] if len(sys.argv) > 3 else None
ear = whisper_base.load(folder)
for path in sys.stdin.read().split():
    segments, _ = ear.transcribe(path, language=language, initial_prompt=prompt, beam_size=5, condition_on_previous_text=False)
    print(json.dumps("".join(segment.text for segment in segments).strip(), ensure_ascii=False), flush=True)
