"""What Pipecat's own OpenAI services get of Duet: speech, and an answer."""

import asyncio
import inspect
import sys

from openai import AsyncOpenAI
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.services.openai.tts import OpenAITTSService

url = sys.argv[1] + "/v1"


async def main() -> None:
    tts = OpenAITTSService(api_key="none", base_url=url, voice="alloy", model="gpt-4o-mini-tts")
    given = {"context_id": "one"} if "context_id" in inspect.signature(tts.run_tts).parameters else {}
    audio = b""
    errors = []
    tts._sample_rate = 24000
    async for frame in tts.run_tts("The train leaves at noon.", **given):
        audio += getattr(frame, "audio", b"")
        if type(frame).__name__ == "ErrorFrame":
            errors.append(str(frame))
    print(f"TTS\t{len(audio) > 20000} {errors}")

    model = OpenAILLMService(api_key="none", base_url=url, model="duet")
    client: AsyncOpenAI = model._client
    stream = await client.chat.completions.create(
        model="duet",
        messages=[{"role": "user", "content": "[[say:Hello you there.]]"}],
        stream=True,
        stream_options={"include_usage": True},
    )
    text = ""
    async for chunk in stream:
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
    print(f"LLM\t{text}")


asyncio.run(main())
