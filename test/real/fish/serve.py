"""Fish-Speech's API server with the weights of make.py: serve.py FOLDER PORT"""

import runpy
import sys

import torchaudio

# Gone from torchaudio, and asked for to choose who decodes recordings of references.
torchaudio.list_audio_backends = lambda: ["soundfile"]

folder, port = sys.argv[1:]
sys.argv = ["api_server", "--device", "cpu", "--listen", f"127.0.0.1:{port}", "--llama-checkpoint-path", folder]
sys.argv += ["--decoder-checkpoint-path", f"{folder}/codec.pth", "--decoder-config-name", "small"]
runpy.run_module("tools.api_server", run_name="__main__")
