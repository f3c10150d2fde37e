import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, it } from "vitest";
import { skipFor } from "../../support/skip.ts";
import { type Stack, startStack } from "../../support/stack.ts";
import { python, root, run } from "../programs.ts";

const withoutOpenAi =
  spawnSync(python, ["-c", "import openai"], { cwd: root }).status !== 0 &&
  "examples/python/.venv lacks openai, which test/strangers/requirements.txt lists: see CONTRIBUTING.md";

/** What was called, and what came. */
const wanted = {
  "audio.speech.create mp3": "mp3 True",
  "audio.speech.create opus": "opus True",
  "audio.speech.create wav": "wav True",
  "audio.speech.create pcm": "pcm True",
  "audio.speech.with_streaming_response iter_bytes": "mp3 True",
  "audio.speech.with_streaming_response stream_to_file": "mp3",
  "chat.completions.create": "Hello you there. stop True",
  "chat.completions.create _request_id": "True",
  "chat.completions.create stream": "Hello you there. True",
  "chat.completions.stream": "Hello you there. ['chunk', 'content.delta', 'content.done']",
  "chat.completions.create audio": "Hello you there. wav",
  "chat.completions.create stream audio": "Hello you there. True",
  "chat.completions.create tools": "tool_calls ['get_weather', 'get_time']",
  "chat.completions.stream tools": "['get_weather', 'get_time']",
  "models.list": "['duet', 'duet-script']",
  "models.retrieve": "duet",
  "a bad voice": "NotFoundError voice_not_found voice True",
  "a bad model": "NotFoundError model_not_found model True",
  "no message": "BadRequestError invalid_value messages True",
  "an answer that breaks off": "APIError engine_broken",
  "async audio.speech.create": "mp3",
  "async audio.speech.with_streaming_response": "wav",
  "async chat.completions.create stream": "Hello you there.",
  "async chat.completions.stream": "Hello you there.",
};

describe("OpenAI's own client in Python", skipFor(withoutOpenAi), () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack?.close());

  it("gets what it asks for", async () => {
    const { status, output, complaints } = await run(python, ["test/strangers/openai/client.py", stack.url]);
    assert.equal(status, 0, complaints);
    assert.deepEqual(
      Object.fromEntries(
        output
          .trim()
          .split("\n")
          .map((line) => line.split("\t")),
      ),
      wanted,
    );
  });
});
