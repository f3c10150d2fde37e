import assert from "node:assert/strict";
import { test } from "vitest";
import { maySoftenOpener } from "./opener.ts";

const batching = { minOpenerSeconds: 0, streams: true };
const fish = { minOpenerSeconds: 0.9, streams: true };
const whole = { minOpenerSeconds: 0, streams: false };
const opener = { border: "auto", minSeconds: undefined, waitMs: 400 } as const;

for (const [what, settings, engine, soft] of [
  ["an engine that streams and speaks any word", opener, batching, true],
  ["one that garbles short texts", opener, fish, false],
  ["one that sends all at once", opener, whole, false],
  ["one whose operator wants more", { ...opener, minSeconds: 0.5 }, batching, false],
  ["one whose operator wants none", { ...opener, border: "clause" }, batching, false],
  ["whichever, if its operator wants it", { ...opener, border: "soft" }, fish, true],
] as const)
  test(`texts of ${what} ${soft ? "may" : "may not"} begin with a few words`, () =>
    assert.equal(maySoftenOpener(settings, engine), soft));
