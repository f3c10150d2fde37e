import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { namesPlace, withoutPlaces } from "./places.ts";

const places = [
  "http://127.0.0.1:8080/v1/tts",
  "redis://state:6379",
  "HTTPS://gpu.example",
  "unix:///run/duet.sock",
  "s3://speech/2026/a.mp3",
  "git+ssh://gpu/models",
  "10.1.2.3",
  "10.1.2.3:8000",
  "[fd00::7]:8080",
  "[::1]",
  "::1",
  "fd00::7",
  "2001:db8:0:1::",
  "localhost",
  "localhost:11434",
  "gpu-7.internal:8080",
  "state:6379",
  "/srv/models/llama/model.gguf",
  "/etc/duet.yaml",
];

const plain = [
  "the caller's deadline has passed: allow more time",
  "version 1.2.3 at 12:30:45, with a ratio of 4:3",
  '"llama3:8b" and "qwen2.5:72b" do not support chat',
  "roles must alternate user/assistant/user/assistant/...",
  "calls are POST /chat, 1/2 of them and/or more",
  "history[3].content: has 40000 characters, at most 32000: shorten it",
  "std::bad_alloc in x::y",
];

describe("a text that names a place", () => {
  for (const place of places)
    it(place, () => {
      assert.ok(namesPlace(`the worker at ${place} is gone`));
      assert.equal(withoutPlaces(`the worker at ${place} is gone`), "the worker at … is gone");
      assert.equal(withoutPlaces(`gone (${place})`), "gone (…)");
    });
});

describe("a text that names none stays as it is", () => {
  for (const text of plain)
    it(text, () => {
      assert.equal(namesPlace(text), false);
      assert.equal(withoutPlaces(text), text);
    });
});
