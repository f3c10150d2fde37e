"""What LiveKit agents' own OpenAI plugin gets of Duet: speech, and an answer with a function tool declared."""

import asyncio
import sys

from livekit.agents import function_tool, llm, utils
from livekit.plugins import openai

url = sys.argv[1] + "/v1"


@function_tool
async def get_weather(city: str) -> str:
    """Tells the weather of a city."""
    return "sunny"


async def speak(model: str, form: str) -> str:
    tts = openai.TTS(base_url=url, api_key="none", model=model, voice="alloy", response_format=form)
    frames = [event.frame async for event in tts.synthesize("The train leaves at noon.")]
    await tts.aclose()
    seconds = sum(frame.samples_per_channel for frame in frames) / frames[0].sample_rate
    return str(0.5 < seconds < 10)


async def answer(question: str) -> str:
    model = openai.LLM(base_url=url, api_key="none", model="duet")
    context = llm.ChatContext.empty()
    context.add_message(role="system", content="Be brief.")
    context.add_message(role="user", content=question)
    text, calls = "", []
    async with model.chat(chat_ctx=context, tools=[get_weather]) as stream:
        async for chunk in stream:
            text += (chunk.delta.content or "") if chunk.delta else ""
            calls += [call.name for call in (chunk.delta.tool_calls if chunk.delta else [])]
    await model.aclose()
    return f"{text} {calls}"


async def main() -> None:
    for model in ["tts-1", "gpt-4o-mini-tts"]:
        for form in ["mp3", "opus", "wav", "pcm"]:
            print(f"TTS {model} {form}\t{await speak(model, form)}")
    print(f"LLM with a tool\t{await answer('[[say:Hello you there.]]')}")
    print(f"LLM that calls\t{await answer('[[fault:tool-calls-parallel]]')}")


async def within_session() -> None:
    async with utils.http_context.open():
        await main()


asyncio.run(within_session() if hasattr(utils.http_context, "open") else main())
