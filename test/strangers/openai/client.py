"""Calls everything that OpenAI's own Python client can call of Duet, and prints what came: one line a call, `call<TAB>what came`."""

import asyncio
import base64
import sys
import tempfile

import openai

base_url = sys.argv[1] + "/v1"
client = openai.OpenAI(base_url=base_url, api_key="none", max_retries=0)
SPEECH = {"model": "tts-1", "voice": "alloy", "input": "The train leaves at noon."}
QUESTION = [{"role": "user", "content": "[[say:Hello you there.]]"}]
TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}}}
HEARD = {"modalities": ["text", "audio"], "audio": {"voice": "alloy", "format": "pcm16"}}


def tell(call: str, came: object) -> None:
    print(f"{call}\t{came}")


def kind(data: bytes) -> str:
    for name, head in {"wav": b"RIFF", "opus": b"OggS", "mp3": b"ID3"}.items():
        if data.startswith(head):
            return name
    return "pcm"


for form in ["mp3", "opus", "wav", "pcm"]:
    data = client.audio.speech.create(**SPEECH, response_format=form).content
    tell(f"audio.speech.create {form}", f"{kind(data)} {len(data) > 4000}")

with client.audio.speech.with_streaming_response.create(**SPEECH) as response:
    pieces = list(response.iter_bytes())
    tell("audio.speech.with_streaming_response iter_bytes", f"{kind(pieces[0])} {len(pieces) > 0}")
with client.audio.speech.with_streaming_response.create(**SPEECH) as response, tempfile.NamedTemporaryFile() as file:
    response.stream_to_file(file.name)
    tell("audio.speech.with_streaming_response stream_to_file", kind(open(file.name, "rb").read()))

answer = client.chat.completions.create(model="duet", messages=QUESTION)
tell("chat.completions.create", f"{answer.choices[0].message.content} {answer.choices[0].finish_reason} {answer.usage.total_tokens > 0}")
tell("chat.completions.create _request_id", bool(answer._request_id))

chunks = list(client.chat.completions.create(model="duet", messages=QUESTION, stream=True, stream_options={"include_usage": True}))
text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
tell("chat.completions.create stream", f"{text} {chunks[-1].usage.total_tokens > 0}")

with client.chat.completions.stream(model="duet", messages=QUESTION) as stream:
    kinds = sorted({event.type for event in stream})
    final = stream.get_final_completion()
    tell("chat.completions.stream", f"{final.choices[0].message.content} {kinds}")

heard = client.chat.completions.create(model="duet", messages=QUESTION, **{**HEARD, "audio": {"voice": "alloy", "format": "wav"}})
audio = heard.choices[0].message.audio
tell("chat.completions.create audio", f"{audio.transcript} {kind(base64.b64decode(audio.data))}")

transcript, sound = "", b""
for chunk in client.chat.completions.create(model="duet", messages=QUESTION, stream=True, **HEARD):
    given = getattr(chunk.choices[0].delta, "audio", None) if chunk.choices else None
    # Older versions of the client leave it as it came.
    given = given if isinstance(given, dict) or given is None else given.model_dump()
    transcript += (given or {}).get("transcript") or ""
    sound += base64.b64decode((given or {}).get("data") or "")
tell("chat.completions.create stream audio", f"{transcript} {len(sound) > 10000}")

called = client.chat.completions.create(
    model="duet", messages=[{"role": "user", "content": "[[fault:tool-calls-parallel]]"}], tools=[TOOL]
).choices[0]
tell("chat.completions.create tools", f"{called.finish_reason} {[call.function.name for call in called.message.tool_calls]}")
with client.chat.completions.stream(
    model="duet", messages=[{"role": "user", "content": "[[fault:tool-calls-parallel]]"}], tools=[TOOL]
) as stream:
    done = [event.name for event in stream if event.type == "tool_calls.function.arguments.done"]
    tell("chat.completions.stream tools", done)

tell("models.list", sorted(model.id for model in client.models.list())[:2])
tell("models.retrieve", client.models.retrieve("duet").id)

for name, call in {
    "a bad voice": lambda: client.audio.speech.create(**{**SPEECH, "voice": "nobody"}),
    "a bad model": lambda: client.chat.completions.create(model="gpt-9", messages=QUESTION),
    "no message": lambda: client.chat.completions.create(model="duet", messages=[]),
    "an answer that breaks off": lambda: list(
        client.chat.completions.create(model="duet", messages=[{"role": "user", "content": "[[fault:error-mid]]"}], stream=True)
    ),
}.items():
    try:
        call()
        tell(name, "no error")
    except openai.APIStatusError as error:
        tell(name, f"{type(error).__name__} {error.code} {error.param} {error.request_id is not None}")
    except openai.APIError as error:
        tell(name, f"{type(error).__name__} {error.code}")


async def in_time() -> None:
    other = openai.AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0)
    data = (await other.audio.speech.create(**SPEECH)).content
    tell("async audio.speech.create", kind(data))
    async with other.audio.speech.with_streaming_response.create(**SPEECH, response_format="wav") as response:
        data = b"".join([piece async for piece in response.iter_bytes()])
        tell("async audio.speech.with_streaming_response", kind(data))
    text = ""
    async for chunk in await other.chat.completions.create(model="duet", messages=QUESTION, stream=True):
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
    tell("async chat.completions.create stream", text)
    async with other.chat.completions.stream(model="duet", messages=QUESTION) as stream:
        tell("async chat.completions.stream", (await stream.get_final_completion()).choices[0].message.content)
    await other.close()


asyncio.run(in_time())
