import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { Outcome } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { wavHeader } from "../../infra/twins/fish/sound/audio.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { startStack } from "../support/stack.ts";

test("voices in a folder of ours speak on a Fish-Speech 1.4 that keeps none", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "voices-"));
  for (const voice of ["aunt", "uncle"]) {
    mkdirSync(join(folder, voice));
    writeFileSync(join(folder, voice, "a.wav"), Buffer.concat([wavHeader(0), Buffer.from(voice.repeat(100))]));
    writeFileSync(join(folder, voice, "a.lab"), "你好，今天天气很好。\n");
  }
  const stack = await startStack({
    timeScale: 0,
    fish: { mode: "1.4" },
    settings: { DUET_FISH_MODE: "1.4", DUET_FISH_REFERENCES: folder },
  });
  const customer = createGrpcClient(stack.url);
  t.onTestFinished(async () => {
    customer.close();
    await stack.close();
    rmSync(folder, { recursive: true });
  });
  const { signal } = new AbortController();
  const { voices } = await customer.client.listVoices({}, { signal });
  assert.deepEqual(
    voices.map(({ name }) => name),
    ["fish/aunt", "fish/uncle"],
  );
  const speak = async (voice: string, text = "这一句说得很好，谢谢大家。") => {
    const turn = await readTurn(customer.client.speak({ text, voice }, { signal }));
    assert.equal(turn.finished.outcome, Outcome.COMPLETED);
    return stack.fish[0]?.seen().at(-1);
  };
  const [aunt, uncle, again] = [await speak("aunt"), await speak("uncle"), await speak("aunt", "这一句也说得很好。")];
  assert.match(aunt?.voice ?? "", /^inline-/);
  assert.notEqual(aunt?.voice, uncle?.voice);
  assert.equal(aunt?.voice, again?.voice);
  const { references = [] } = (aunt?.body ?? {}) as { references?: { text: string }[] };
  assert.equal(references[0]?.text, "你好，今天天气很好。");
});
