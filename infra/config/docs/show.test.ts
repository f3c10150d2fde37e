import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { loadConfig } from "../load.ts";
import { listProfiles } from "../profiles.ts";
import { showConfig } from "./show.ts";

describe("showConfig", () => {
  for (const { name, file } of listProfiles())
    test(`prints ${name} as a config that means the same`, () => {
      const loaded = loadConfig({}, readFileSync(file, "utf8"));
      const shown = showConfig(loaded);
      const again = loadConfig({}, shown);
      assert.deepEqual(
        again.problems.filter(({ severity }) => severity === "error"),
        [],
        shown,
      );
      assert.deepEqual(again.config.settings, loaded.config.settings);
      assert.deepEqual(again.config.plan, loaded.config.plan);
    });

  test("says where each value comes from", () => {
    const shown = showConfig(loadConfig({ DUET_EDGE_MAX_TURNS: "7" }, "generate:\n  maxTokens: 64\n"));
    assert.match(shown, /^ {2}maxTurns: 7 # DUET_EDGE_MAX_TURNS$/m);
    assert.match(shown, /^ {2}maxTokens: 64 # duet\.yaml:2:3$/m);
    assert.match(shown, /^ {2}segmentMaxCharacters: 80 # default$/m);
    assert.match(shown, /^ {2}# model: not set$/m);
  });

  test("says of what is wrong where it stands", () => {
    const shown = showConfig(loadConfig({}, "edge: { maxTurns: many }\n"));
    assert.match(shown, /^ {2}# maxTurns: duet\.yaml:1:9, which is wrong$/m);
  });

  test("names secrets and shows none", () => {
    const env = { DUET_FISH_API_KEY: "hunter2", KEY: "hunter3", DUET_REDIS_URL: "redis://me:hunter4@cache:6379" };
    const shown = showConfig(loadConfig(env, "vllm: { apiKey: { env: KEY } }\n"));
    assert.doesNotMatch(shown, /hunter/);
    assert.match(shown, /^ {2}apiKey: \{ env: KEY \} # duet\.yaml:1:9$/m);
    assert.match(shown, /^ {2}apiKey: \{ env: DUET_FISH_API_KEY \} # DUET_FISH_API_KEY$/m);
    assert.match(shown, /^ {2}url: \{ env: DUET_REDIS_URL \} # DUET_REDIS_URL$/m);
  });

  test("names addresses that hold a password, and shows those that hold none", () => {
    const env = { STORE: "redis://me:hunter4@cache:6379", DUET_VLLM_URL: "http://a:1,http://me:hunter5@b:2" };
    const shown = showConfig(loadConfig(env, "redis: { url: { env: STORE } }\nfish: { url: http://c:3 }\n"));
    assert.doesNotMatch(shown, /hunter/);
    assert.match(shown, /^ {2}url: \{ env: STORE \} # duet\.yaml:1:10$/m);
    assert.match(shown, /^ {2}url: \{ env: DUET_VLLM_URL \} # DUET_VLLM_URL$/m);
    assert.match(shown, /http:\/\/c:3/);
  });

  test("prints what runs over lines, and what is larger than JSON's numbers, so that it reads back as the same", () => {
    const text =
      "edge:\n  instructions: |\n    one\n    two\nengine: { vllm: { model: { name: m, geometry: { weightBytes: 15231233024 } } } }\n";
    const first = loadConfig({}, text);
    const again = loadConfig({}, showConfig(first));
    assert.deepEqual(
      again.problems.map(({ rule }) => rule),
      ["vllm/model-not-known"],
    );
    assert.equal(again.config.settings.edge.instructions, "one\ntwo\n");
    assert.equal(again.config.engine.vllm?.model?.geometry?.weightBytes, 15231233024n);
  });

  test("says what the memory of a card is used for", () => {
    const shown = showConfig(loadConfig({}, "engine: { host: { gpuCount: 4 }, vllm: { parallelism: { data: 4 } } }"));
    assert.match(shown, /# Estimated use of the 24 GiB of each of the 4 GPUs/);
    assert.match(shown, /14\.2 GiB {2}weights/);
    assert.match(shown, /57344 bytes per token: \d+ tokens per copy, \d+ in all/);
    assert.match(shown, / {2}4096 tokens: 116$/m);
    const unknown = showConfig(loadConfig({}, "engine: { vllm: { model: { name: some/model } } }"));
    assert.match(unknown, /The architecture of some\/model is not known/);
  });
});
