import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../../infra/clock/virtual.ts";
import { createSpeechAdmission } from "./admission.ts";

/** An admission of an engine with so many slots, and what its log says. */
function open(slots: number) {
  const lines: { level: number; engine: string; realTimeFactor: number; msg: string }[] = [];
  const sink = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(String(line)));
      done();
    },
  });
  const admission = createSpeechAdmission({
    name: "fish",
    slots: () => slots,
    log: pino(sink),
    clock: createVirtualClock(),
  });
  const speak = (count: number, engineSeconds: number) => {
    for (let segment = 0; segment < count; segment++) admission.learn(engineSeconds, 4);
  };
  return { admission, lines, speak };
}

describe("an engine that speaks more slowly than one listener hears", () => {
  it("is told of once it is known, and speaks one text at a time all the same", () => {
    const { admission, lines, speak } = open(1);
    speak(2, 6);
    assert.equal(lines.length, 0, "two segments are no engine");
    speak(30, 6);
    assert.deepEqual(
      lines.map(({ level, engine, msg }) => [level, engine, /more slowly than one listener hears/.test(msg)]),
      [[40, "fish", true]],
    );
    assert.equal(lines[0]?.realTimeFactor, 1, "as soon as it is more than that, to a tenth");
    assert.equal(admission.report().limit, 1);
  });

  it("is told of again when it became slow again", () => {
    const { lines, speak } = open(1);
    speak(30, 6);
    speak(600, 0.3);
    speak(600, 6);
    assert.equal(lines.length, 2);
  });

  it("is not one whose servers together keep up", () => {
    const { admission, lines, speak } = open(3);
    speak(600, 6);
    assert.deepEqual(lines, []);
    assert.equal(admission.report().limit, 1, "1.4 of them, by what is given out");
  });
});
