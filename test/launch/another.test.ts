import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { askForModels, discover } from "../../infra/launch/discover.ts";
import { discoverEars } from "../../infra/launch/ears.ts";
import { askForSpeech, discoverSpeech, speaksOnly } from "../../infra/launch/voice/servers.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { type Stack, startStack } from "../support/stack.ts";

/** Longer than it takes on a busy machine. */
const timeoutMs = 10_000;

describe("another Duet on this machine, which serves OpenAI's API", () => {
  let stack: Stack;
  let hears: Awaited<ReturnType<typeof startEarsTwin>>;
  beforeAll(async () => {
    hears = await startEarsTwin({ kind: "openai" });
    stack = await startStack({ settings: { DUET_TRANSCRIBE_URL: hears.url, DUET_TRANSCRIBE_MODEL: "whisper-1" } });
  });
  afterAll(async () => {
    await stack.close();
    await hears.close();
  });

  it("is not taken for a model server that waits to be found", async () => {
    assert.equal((await askForModels(stack.url, timeoutMs)).kind, "models");
    assert.deepEqual(await discover([{ name: "llama.cpp", url: stack.url }], timeoutMs, speaksOnly), { empty: [] });
  });

  it("is not taken for a voice", async () => {
    assert.equal((await askForSpeech("speech", stack.url, timeoutMs)).kind, "speaks");
    assert.equal(await discoverSpeech([{ engine: "speech", url: stack.url }], timeoutMs), undefined);
  });

  it("is not taken for a recognizer", async () => {
    const { data } = (await (await fetch(`${stack.url}/v1/models`)).json()) as { data: { id: string }[] };
    assert.ok(data.some(({ id }) => id === "duet"));
    assert.deepEqual(await discoverEars([stack.url]), { env: {}, about: undefined });
  });
});
