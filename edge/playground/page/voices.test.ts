import assert from "node:assert/strict";
import { test } from "vitest";
import { defaultVoice } from "./voices.ts";

for (const [languages, page, expected] of [
  [[], "en", undefined],
  [[[], []], "zh-CN", 0],
  [[["en"], ["zh"]], "zh-CN", 1],
  [[["en"], ["zh"]], "en", 0],
  [[["ja"], ["fr"]], "en", 0],
  [[[], ["en"]], "en", 1],
  [[["zh-TW"], ["zh-CN"]], "zh-CN", 1],
  [[["zh-HK"], ["fr"]], "zh-CN", 0],
  [[["en-GB"], ["en-US"]], "en", 1],
  [[["fr", "zh"], ["zh-CN"]], "zh-CN", 0],
  [[["not a tag"], ["zh"]], "zh-CN", 1],
] as const)
  test(`of voices in ${JSON.stringify(languages)} a page in ${page} has the one at ${expected}`, () => {
    const voices = languages.map((languages) => ({ languages: [...languages] }));
    assert.equal(defaultVoice(voices, page), expected === undefined ? undefined : voices[expected]);
  });
