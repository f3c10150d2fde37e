"""Asks Duet a question, prints the answer while it is being written, and saves its speech as a WAV file."""

import argparse
import sys
import wave
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).parent / "gen"))
from duet.assistant.v1.assistant_pb2 import OUTCOME_COMPLETED, ConverseRequest, Outcome, WarningReason  # noqa: E402
from duet.assistant.v1.assistant_pb2_grpc import AssistantServiceStub  # noqa: E402


def converse(assistant: AssistantServiceStub, question: str, speech: wave.Wave_write, timeout: float) -> bool:
    """Runs one turn; true if it was written and spoken to its end."""
    sequence = 0
    finished = None
    # A deadline in seconds. Leaving the loop early would need a `cancel()` of the call: it stops the turn everywhere.
    for response in assistant.Converse(ConverseRequest(text=question), timeout=timeout):
        # Nothing else happened for a while: it has no number.
        if response.WhichOneof("event") == "heartbeat":
            continue
        sequence += 1
        if response.sequence != sequence:
            raise RuntimeError(f"event {sequence} is missing: got {response.sequence}")
        kind = response.WhichOneof("event")
        if kind == "started":
            speech.setnchannels(response.started.audio_format.channel_count)
            speech.setsampwidth(2)
            speech.setframerate(response.started.audio_format.sample_rate_hertz)
        elif kind == "text_delta":
            print(response.text_delta.text, end="", flush=True)
        elif kind == "thinking":
            if not response.thinking.done:
                print(f"(thinks, {response.thinking.elapsed_ms / 1000:.0f} s)", file=sys.stderr)
        elif kind == "audio":
            speech.writeframes(response.audio.pcm)
        elif kind == "warning":
            warning = response.warning
            reason = WarningReason.Name(warning.reason)
            print(f"\n{reason}: characters {warning.start} to {warning.end}", file=sys.stderr)
        elif kind == "finished":
            finished = response.finished
        # Any other kind is one that this client does not know yet.
    print()
    if finished is None:
        raise RuntimeError("the stream was cut before it was finished")
    if finished.outcome != OUTCOME_COMPLETED:
        print(f"{Outcome.Name(finished.outcome)} {finished.error.reason}: {finished.error.message}", file=sys.stderr)
        return False
    seconds = speech.getnframes() / speech.getframerate()
    first = finished.timings.first_audio_ms
    print(f"{sequence} events, {seconds:.2f} s of speech, the first of it after {first:.0f} ms", file=sys.stderr)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question")
    parser.add_argument("wav", nargs="?", default="answer.wav", help="where the speech is saved (default: %(default)s)")
    parser.add_argument("--edge", default="127.0.0.1:8080", help="host and port of the edge (default: %(default)s)")
    parser.add_argument("--timeout", type=float, default=60, help="seconds that a turn may take (default: %(default)s)")
    options = parser.parse_args()
    with grpc.insecure_channel(options.edge) as channel, wave.open(options.wav, "wb") as speech:
        # What the file says of a turn that never started.
        speech.setparams((1, 2, 44_100, 0, "NONE", None))
        try:
            return 0 if converse(AssistantServiceStub(channel), options.question, speech, options.timeout) else 1
        except grpc.RpcError as error:
            print(f"{error.code().name}: {error.details()}", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
