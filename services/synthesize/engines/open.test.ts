import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { fish } from "./fish/adapter.ts";
import { openEngine } from "./open.ts";

const url = ["http://127.0.0.1:9"];
const group = { mode: "s2", apiKey: undefined, references: undefined, voices: [], timeoutMs: 1000 } as const;
const nothing = { plan: {}, config: {}, tools: { clock: createVirtualClock() } };

test("the engine that has an address speaks", async (context) => {
  const two = { fish, second: fish };
  const config = { fish: new Uint8Array([1]), second: new Uint8Array([2]) };
  const settings = { fish: { ...group, url: undefined }, second: { ...group, url: [...url, ...url] } };
  const opened = openEngine(two, { ...nothing, settings, config });
  context.after(() => opened.engine.close());
  assert.deepEqual([opened.kind, opened.title, opened.config], ["second", "Fish-Speech", config.second]);
  assert.deepEqual(opened.engine.slots, [1, 1]);
  assert.equal(opened.compare, undefined, "no config, nothing to compare with");
});

test("an engine without an address, or two with one, are told by their settings", () => {
  const settings = (...urls: (readonly string[] | undefined)[]) => {
    const [first, second] = urls;
    return { fish: { ...group, url: first }, second: { ...group, url: second } };
  };
  for (const none of [settings(), settings([], undefined)])
    assert.throws(
      () => openEngine({ fish, second: fish }, { ...nothing, settings: none }),
      /fish\.url \(DUET_FISH_URL\) or second\.url \(DUET_SECOND_URL\)/,
    );
  assert.throws(
    () => openEngine({ fish, second: fish }, { ...nothing, settings: settings(url, url) }),
    /fish\.url .* and second\.url .* are set.*leave one/,
  );
});

test("a folder of voices that cannot be right is told before anything is served", () => {
  const settings = { fish: { ...group, url, references: "/nowhere" } };
  assert.throws(() => openEngine({ fish }, { ...nothing, settings }), /nowhere/);
});
