import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { chooseChatModel } from "./choose.ts";
import { thinkingOf } from "./thinking.ts";

const lists: [listed: string[], chosen: string | undefined][] = [
  [["qwen2.5:7b"], "qwen2.5:7b"],
  [["nomic-embed-text:latest", "qwen2.5:7b"], "qwen2.5:7b"],
  [["text-embedding-3-small", "whisper-1", "tts-1-hd", "dall-e-3", "omni-moderation-latest", "gpt-4o"], "gpt-4o"],
  [["BAAI/bge-m3", "bge-reranker-v2-m3", "mxbai-embed-large", "llama3.2:3b"], "llama3.2:3b"],
  [["intfloat/multilingual-e5-large", "thenlper/gte-base", "all-minilm:l6-v2", "gemma3"], "gemma3"],
  [["openai/whisper-large-v3", "Systran/faster-whisper-small", "hexgrad/Kokoro-82M", "phi4"], "phi4"],
  [["fishaudio/fish-speech-1.5", "Qwen/Qwen3-ASR-1.7B", "Qwen/Qwen3-TTS-12Hz", "Qwen/Qwen3-8B"], "Qwen/Qwen3-8B"],
  [["Llama-Guard-3-8B", "jinaai/jina-reranker-v2", "Llama-3.3-70B-Instruct"], "Llama-3.3-70B-Instruct"],
  [["gpt-4o-realtime-preview", "gpt-4o-mini-tts", "gpt-4o-transcribe", "gpt-4o-mini"], "gpt-4o-mini"],
  // Names that only look like one of those.
  [["clippy-chat"], "clippy-chat"],
  [["guardian-angel-7b"], "guardian-angel-7b"],
  [["fluxus-instruct"], "fluxus-instruct"],
  [["", "gemma3"], "gemma3"],
  [["nomic-embed-text"], undefined],
  [[], undefined],
];

for (const [listed, chosen] of lists)
  test(`of ${listed.join(", ") || "nothing"}, ${chosen ?? "nothing"} answers questions`, () =>
    assert.equal(chooseChatModel(listed.map((id) => ({ id })))?.id, chosen));

test("what a server says of a model counts as its name does", () => {
  const listed = [
    { id: "m2-bert-80M", type: "embedding" },
    { id: "mistral-ocr", capabilities: { completion_chat: false } },
    { id: "other", type: "chat", capabilities: { completion_chat: true } },
  ];
  assert.equal(chooseChatModel(listed)?.id, "other");
});

describe("models that think are known by their names", () => {
  const rows: [name: string, parser: string | undefined, opened?: boolean | "asked"][] = [
    ["Qwen/Qwen3-8B", "qwen3", false],
    ["qwen3:14b", "qwen3", false],
    ["Qwen/Qwen3-30B-A3B-Thinking-2507", "qwen3", true],
    ["Qwen/Qwen3.6-35B-A3B", "qwen3", "asked"],
    ["Qwen/QwQ-32B", "deepseek_r1", true],
    ["deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "deepseek_r1", true],
    ["deepseek-r1:8b", "deepseek_r1", true],
    ["mistralai/Magistral-Small-2509", "mistral", false],
    ["google/gemma-4-26B-A4B-it", "gemma4", false],
    ["zai-org/GLM-4.6", "glm45", false],
    ["openai/gpt-oss-20b", undefined, false],
  ];
  for (const [name, parser, opened] of rows)
    test(name, () => assert.deepEqual([thinkingOf(name)?.parser, thinkingOf(name)?.opened], [parser, opened]));

  for (const name of [
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen3-30B-A3B-Instruct-2507",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    "meta-llama/Llama-3.1-8B-Instruct",
    "google/gemma-3-12b-it",
    "gpt-4o",
  ])
    test(`${name} does not think`, () => assert.equal(thinkingOf(name), undefined));
});
