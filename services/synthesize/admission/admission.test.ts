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

describe("an engine that speaks more slowly than it is played", () => {
  it("is told of with its third segment in a row, and speaks one text at a time all the same", () => {
    const { admission, lines, speak } = open(1);
    speak(2, 6);
    assert.equal(lines.length, 0, "two segments are no engine");
    speak(1, 6);
    assert.equal(lines.length, 1);
    speak(30, 6);
    assert.deepEqual(
      lines.map(({ level, engine, msg }) => [level, engine, /more slowly than it is played/.test(msg)]),
      [[40, "fish", true]],
    );
    assert.equal(lines[0]?.realTimeFactor, 1.5);
    assert.equal(admission.report().limit, 1);
  });

  it("is told of where every other segment keeps up, and all together do not", () => {
    const { lines, speak } = open(1);
    for (let pair = 0; pair < 20; pair++) [3.9, 6].map((engineSeconds) => speak(1, engineSeconds));
    assert.deepEqual(
      lines.map(({ realTimeFactor }) => realTimeFactor),
      [1.5],
    );
  });

  it("is not one whose workers are slow while they warm up", () => {
    const { lines, speak } = open(3);
    for (const [count, engineSeconds] of [
      [4, 60],
      [1, 1],
      [1, 60],
      [40, 1],
    ] as const)
      speak(count, engineSeconds);
    assert.deepEqual(lines, []);
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
