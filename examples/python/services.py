"""Calls the two services behind the edge: what Generate writes goes to Synthesize while it is being written."""

import argparse
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).parent / "gen"))
from duet.generate.v1.generate_pb2 import ROLE_USER, FinishReason, GenerateRequest, Message  # noqa: E402
from duet.generate.v1.generate_pb2_grpc import GenerateServiceStub  # noqa: E402
from duet.synthesize.v1.synthesize_pb2 import Config, End, SynthesizeRequest  # noqa: E402
from duet.synthesize.v1.synthesize_pb2_grpc import SynthesizeServiceStub  # noqa: E402


def write(generate: GenerateServiceStub, question: str, timeout: float) -> Iterator[str]:
    """Yields the answer in pieces, printing it."""
    request = GenerateRequest(messages=[Message(role=ROLE_USER, content=question)])
    for response in generate.Generate(request, timeout=timeout):
        kind = response.WhichOneof("event")
        if kind == "delta":
            print(response.delta.text, end="", flush=True)
            yield response.delta.text
        elif kind == "finished":
            tokens = response.finished.usage.completion_tokens
            print(f"\n{FinishReason.Name(response.finished.reason)}, {tokens} tokens", file=sys.stderr)


def requests(text: Iterator[str]) -> Iterator[SynthesizeRequest]:
    """What Synthesize is sent: how to speak, the text in any pieces, the end."""
    yield SynthesizeRequest(config=Config())
    for piece in text:
        yield SynthesizeRequest(text=piece)
    yield SynthesizeRequest(end=End())


def speak(synthesize: SynthesizeServiceStub, text: Iterator[str], wav: str, timeout: float) -> None:
    """Saves the speech of a text that may still be written."""
    segment, frames, finished = -1, 0, None
    with wave.open(wav, "wb") as speech:
        # What the file says if the call is refused.
        speech.setparams((1, 2, 44_100, 0, "NONE", None))
        for response in synthesize.Synthesize(requests(text), timeout=timeout):
            kind = response.WhichOneof("event")
            if kind == "admitted":
                speech.setnchannels(response.admitted.format.channel_count)
                speech.setsampwidth(2)
                speech.setframerate(response.admitted.format.sample_rate_hertz)
            elif kind == "segment":
                segment, frames = segment + 1, 0
                if response.segment.index != segment:
                    raise RuntimeError(f"segment {segment} is missing: got {response.segment.index}")
            elif kind == "audio":
                if (response.audio.segment, response.audio.offset) != (segment, frames):
                    raise RuntimeError(f"audio is out of order in segment {segment}")
                speech.writeframes(response.audio.pcm)
                frames += len(response.audio.pcm) // 2
            elif kind == "finished":
                finished = response.finished
    if finished is None:
        raise RuntimeError("Synthesize ended without its end")
    print(f"{finished.segment_count} segments, {finished.sample_count} samples", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question")
    parser.add_argument("wav", nargs="?", default="answer.wav", help="where the speech is saved (default: %(default)s)")
    parser.add_argument("--generate", default="127.0.0.1:50051", help="its host and port (default: %(default)s)")
    parser.add_argument("--synthesize", default="127.0.0.1:50052", help="its host and port (default: %(default)s)")
    parser.add_argument("--timeout", type=float, default=60, help="seconds that it all may take (default: %(default)s)")
    options = parser.parse_args()
    with grpc.insecure_channel(options.generate) as generate, grpc.insecure_channel(options.synthesize) as synthesize:
        text = write(GenerateServiceStub(generate), options.question, options.timeout)
        try:
            speak(SynthesizeServiceStub(synthesize), text, options.wav, options.timeout)
        except grpc.RpcError as error:
            print(f"{error.code().name}: {error.details()}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
