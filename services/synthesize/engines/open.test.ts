import assert from "node:assert/strict";
import { test } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { enginesOf } from "../../../infra/engines/registry.ts";
import type { SpeechEngine } from "./adapter.ts";
import { openEngine } from "./open.ts";
import { adapters } from "./registry.ts";

const url = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
const settings = {
  url,
  mode: "s2",
  apiKey: undefined,
  references: undefined,
  voices: [],
  withoutReference: "unready",
  timeoutMs: 1000,
} as const;
const used: SpeechEngine = { name: "fish", settings, plan: undefined, bytes: new Uint8Array([1]), errors: [] };
const tools = { clock: createVirtualClock() };

test("an engine is opened by the adapter of its name", async (context) => {
  const opened = openEngine(used, tools);
  context.onTestFinished(() => opened.engine.close());
  assert.deepEqual([opened.kind, opened.title, opened.config], ["fish", "Fish-Speech", used.bytes]);
  assert.deepEqual(opened.engine.slots, [1, 1]);
  assert.equal(opened.compare, undefined, "no config, nothing to compare with");
});

test("a folder of voices that cannot be right is told before anything is served", () => {
  assert.throws(() => openEngine({ ...used, settings: { ...settings, references: "/nowhere" } }, tools), /nowhere/);
});

test("every engine that speaks has an adapter, and none has one without a record", () => {
  assert.deepEqual(
    Object.keys(adapters).sort(),
    enginesOf("speech")
      .map(({ name }) => name)
      .sort(),
  );
});
