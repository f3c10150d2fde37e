"""A small server of OpenAI's /v1/audio/transcriptions around Whisper base: serve.py FOLDER PORT

FOLDER is where the model is put together from its two packages. One recording at a time.
"""

import io
import json
import sys
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

sys.path.insert(0, str(Path(__file__).parent.parent))
import whisper_base

NAME = "whisper-base"


def parts(content_type, body):
    form = BytesParser().parsebytes(f"content-type: {content_type}\r\n\r\n".encode() + body)
    return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True) for part in form.get_payload()}


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

    def do_GET(self):
        self.answer(200, {"object": "list", "data": [{"id": NAME, "object": "model", "created": 0, "owned_by": "openai"}]})

    def do_POST(self):
        form = parts(self.headers["content-type"], self.rfile.read(int(self.headers["content-length"])))
        text = {name: value.decode() for name, value in form.items() if name != "file"}
        with one_at_a_time:
            found, info = ear.transcribe(
                io.BytesIO(form["file"]),
                language=text.get("language"),
                initial_prompt=text.get("prompt"),
                temperature=float(text.get("temperature", 0)),
                condition_on_previous_text=False,
            )
            segments = [
                {"text": one.text, "no_speech_prob": one.no_speech_prob, "avg_logprob": one.avg_logprob, "compression_ratio": one.compression_ratio}
                for one in found
            ]
        words = "".join(one["text"] for one in segments).strip()
        self.answer(200, {"text": words, "language": info.language, "duration": info.duration, "segments": segments})


ear = whisper_base.load(Path(sys.argv[1]))
one_at_a_time = Lock()
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
