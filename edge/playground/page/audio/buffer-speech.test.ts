import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { createBufferSpeech, type Device } from "./buffer-speech.ts";
import type { FromWorklet } from "./worklet.ts";

const sampleRate = 1000;

/** An audio device whose time is that of the test's timers, and what was set to play in it. */
function openDevice() {
  const set: { at: number; length: number; stopped?: number }[] = [];
  const gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };
  const device = {
    sampleRate,
    get currentTime() {
      return performance.now() / 1000;
    },
    createBuffer: (_channels: number, length: number) => ({ length, copyToChannel() {} }),
    createGain: () => ({ gain, connect() {} }),
    createBufferSource() {
      const one: (typeof set)[number] & { buffer?: { length: number } } = { at: 0, length: 0 };
      return Object.assign(one, {
        connect() {},
        start(seconds: number) {
          set.push(Object.assign(one, { at: Math.round(seconds * sampleRate), length: one.buffer?.length ?? 0 }));
        },
        stop(seconds: number) {
          one.stopped = seconds;
        },
      });
    },
  };
  const reports: FromWorklet[] = [];
  const speech = createBufferSpeech(device as unknown as Device, undefined as unknown as AudioNode, (report) => {
    reports.push(report);
  });
  return { speech, set, reports, last: () => reports.at(-1) };
}

const push = (length: number) => ({ type: "push", samples: new Float32Array(length) }) as const;
const begin = { type: "begin", turn: 7, startFrames: 60 } as const;

describe("one buffer after another", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("begins once enough waits, and leaves no gap", () => {
    const { speech, set, reports, last } = openDevice();
    speech.post(begin);
    speech.post(push(40));
    assert.deepEqual([set.length, reports], [0, []]);
    speech.post(push(40));
    vi.advanceTimersByTime(50);
    speech.post(push(100));
    speech.post({ type: "end" });
    const [first, ...rest] = set;
    let end = (first?.at ?? 0) + (first?.length ?? 0);
    for (const { at, length } of rest) {
      assert.equal(at, end);
      end += length;
    }
    vi.advanceTimersByTime(300);
    assert.deepEqual(last(), { turn: 7, played: 180, state: "drained", underruns: 0 });
    const told = reports.map(({ played }) => played);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    assert.equal(vi.getTimerCount(), 0);
  });

  it("waits again where samples come too late, and counts it", () => {
    const { speech, last } = openDevice();
    speech.post(begin);
    speech.post(push(80));
    vi.advanceTimersByTime(200);
    assert.deepEqual([last()?.state, last()?.underruns, last()?.played], ["filling", 1, 80]);
    speech.post(push(80));
    speech.post({ type: "end" });
    vi.advanceTimersByTime(200);
    assert.deepEqual([last()?.state, last()?.underruns, last()?.played], ["drained", 1, 160]);
  });

  it("plays what is there at the end, however little", () => {
    const { speech, last } = openDevice();
    speech.post(begin);
    speech.post(push(10));
    speech.post({ type: "end" });
    vi.advanceTimersByTime(100);
    assert.deepEqual([last()?.state, last()?.played], ["drained", 10]);
  });

  it("falls silent at once, and tells how far it came", () => {
    const { speech, set, last } = openDevice();
    speech.post(begin);
    speech.post(push(1000));
    vi.advanceTimersByTime(220);
    speech.post({ type: "clear" });
    assert.ok(set.every(({ stopped = 9 }) => stopped < 0.23));
    vi.advanceTimersByTime(100);
    assert.equal(last()?.state, "drained");
    assert.ok(Math.abs(Number(last()?.played) - 200) <= 2, String(last()?.played));
  });

  it("is paused where it is, and goes on with the very next sample", () => {
    const { speech, set, last } = openDevice();
    speech.post(begin);
    speech.post(push(100));
    speech.post(push(100));
    vi.advanceTimersByTime(150);
    speech.post({ type: "hold", held: true });
    const before = set.length;
    assert.ok(set.every(({ at, length, stopped = 9 }) => at + length <= 150 || stopped < 0.16));
    speech.post(push(100));
    speech.post({ type: "end" });
    vi.advanceTimersByTime(5000);
    assert.equal(set.length, before);
    assert.notEqual(last()?.state, "drained");
    speech.post({ type: "hold", held: false });
    const again = set.slice(before);
    // The lead of the first start, 20 frames, is no sound.
    assert.deepEqual(
      again.map(({ length }) => length),
      [70, 100],
    );
    assert.equal(again[1]?.at, Number(again[0]?.at) + 70);
    vi.advanceTimersByTime(400);
    assert.deepEqual(last(), { turn: 7, played: 300, state: "drained", underruns: 0 });
  });

  it("is silent where it is stopped while paused, and begins the next turn unpaused", () => {
    const { speech, set, last } = openDevice();
    speech.post(begin);
    speech.post(push(100));
    speech.post({ type: "hold", held: true });
    speech.post({ type: "clear" });
    vi.advanceTimersByTime(100);
    assert.equal(last()?.state, "drained");
    const before = set.length;
    speech.post({ ...begin, turn: 8 });
    speech.post(push(100));
    assert.equal(set.length, before + 1);
  });

  it("ends a turn of which nothing came", () => {
    const { speech, last } = openDevice();
    speech.post(begin);
    speech.post({ type: "end" });
    vi.advanceTimersByTime(100);
    assert.equal(last()?.state, "drained");
  });
});
