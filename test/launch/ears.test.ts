import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { discoverEars } from "../../infra/launch/ears.ts";
import { startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { earsTwinKinds } from "../../infra/twins/transcribe/kinds.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";

const nowhere = "http://127.0.0.1:1";
const nothing = { env: {}, about: undefined };

describe("npm start finds what hears", () => {
  for (const kind of ["openai", "vllm-whisper", "vllm-qwen3-asr", "speaches", "sensevoice"] as const)
    it(kind, async (context) => {
      const twin = await startEarsTwin({ kind });
      context.onTestFinished(() => twin.close());
      const { env, about } = await discoverEars([nowhere, twin.url]);
      assert.equal(env.DUET_TRANSCRIBE_URL, twin.url);
      assert.ok((earsTwinKinds[kind].models as readonly string[]).includes(env.DUET_TRANSCRIBE_MODEL ?? ""));
      assert.match(about ?? "", /found at/);
      assert.ok(
        twin.seen().every(({ file }) => file === undefined),
        "nothing is written down for it",
      );
    });

  it("and takes nothing else for it", async (context) => {
    const twins = [await startVllmTwin({}), await startSpeechTwin({ kind: "kokoro-fastapi" })];
    context.onTestFinished(async () => {
      for (const twin of twins) await twin.close();
    });
    assert.deepEqual(await discoverEars([nowhere, ...twins.map(({ url }) => url)]), nothing);
  });

  it("and nothing where it is not to look", async () => assert.deepEqual(await discoverEars([]), nothing));
});
