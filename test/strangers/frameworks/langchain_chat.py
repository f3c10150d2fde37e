"""What LangChain's ChatOpenAI gets of Duet: an answer, a stream, a structured answer, calls of tools."""

import asyncio
import sys

from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

chat = ChatOpenAI(base_url=sys.argv[1] + "/v1", api_key="none", model="duet", max_retries=0)


@tool
def get_weather(city: str) -> str:
    """Tells the weather of a city."""
    return "sunny"


SCHEMA = {"title": "Answer", "type": "object", "properties": {"reply": {"type": "string"}}, "required": ["reply"]}

print(f"invoke\t{chat.invoke('[[say:Hello you there.]]').content}")
print(f"stream\t{''.join(chunk.content for chunk in chat.stream('[[say:Hello you there.]]'))}")
answer = chat.bind_tools([get_weather]).invoke("[[fault:tool-calls-parallel]]")
print(f"bind_tools\t{answer.content} {[call['name'] for call in answer.tool_calls]}")
structured = chat.with_structured_output(SCHEMA, method="json_schema")
print(f"with_structured_output\t{structured.invoke('[[say:{' + chr(34) + 'reply' + chr(34) + ':' + chr(34) + 'Yes.' + chr(34) + '}]]')}")
print(f"ainvoke\t{asyncio.run(chat.ainvoke('[[say:Hello you there.]]')).content}")
