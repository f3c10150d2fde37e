import assert from "node:assert/strict";
import { test } from "vitest";
import { createTurn } from "../turn/turn.ts";
import { rememberVoice } from "./voice.ts";

const text = "The river runs on, past fields and towns, and it never comes back.";

test("what is remembered of a voice is what it said in the last seconds, and is about to say", () => {
  const turn = Object.assign(createTurn("?", 0), { id: "turn", written: text });
  let [ms, sounds] = [0, true];
  const voice = rememberVoice({ sounding: () => (sounds ? turn : undefined), latencyMs: () => 50, nowMs: () => ms });
  for (; ms <= 6000; ms += 32) {
    turn.heard = Math.floor(ms / 100);
    voice();
  }
  const { id, lately } = voice();
  assert.equal(id, "turn");
  // 4 s ago it was at its 20th character.
  assert.equal(lately, text.slice(20));
  sounds = false;
  ms += 40;
  assert.equal(voice().id, "turn", "what is on its way to the speaker is still to come");
  ms += 60;
  assert.deepEqual(voice(), { id: undefined, lately: text.slice(21) });
  ms += 5000;
  assert.deepEqual(voice(), { id: undefined, lately: "" });
});
