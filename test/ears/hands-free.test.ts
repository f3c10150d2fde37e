/**
 * What the page makes of sounds by itself, with the real detector of speech, and what the edge's own gate makes of what
 * is sent to it.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, it } from "vitest";
import { findSpeech } from "../../edge/ears/gate/gate.ts";
import { createFramer } from "../../edge/playground/page/ear/frames.ts";
import { createHandsFree, type Voice } from "../../edge/playground/page/ear/hands-free.ts";
import { createDetector, type Detector } from "../../edge/playground/page/ear/silero.ts";
import { skipFor } from "../support/skip.ts";
import * as sounds from "./sounds.ts";

const speak = await sounds.createVoice();
const missing = skipFor(speak === undefined && "espeak-ng is not installed");
const words = "The river runs on, past fields and towns.";
const say = (text: string, voice: string) => speak?.(text, voice) ?? sounds.silence(1);
const scale = [262, 294, 330, 349, 392, 440, 494, 523];

let detector: Detector;
beforeAll(async () => {
  const [runtime, weights] = await Promise.all(
    ["onnxruntime-web/ort-wasm-simd-threaded.wasm", "@ricky0123/vad-web/dist/silero_vad_v6.onnx"].map(
      async (file) => new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(file)))).buffer,
    ),
  );
  detector = await createDetector(runtime as ArrayBuffer, weights as ArrayBuffer);
});

interface Heard {
  /** Recordings that the page sends; in how many of them the edge finds speech. */
  sent: number;
  passed: number;
  readonly asked: string[];
  readonly quietened: string[];
  /** Frames of which the detector was asked. */
  looked: number;
}

// What the room keeps of a voice that was held, and what a loudspeaker still plays.
const tailFrames = 5;

/**
 * Plays a sound before the page's ear, which has as much silence as it likes afterwards; `says` is what is understood
 * of it. An echo ends soon after the voice is held.
 */
async function play(samples: Int16Array, says: string, voice?: Voice, isEcho = false): Promise<Heard> {
  const heard: Heard = { sent: 0, passed: 0, asked: [], quietened: [], looked: 0 };
  let isHeld = false;
  const written: Promise<string>[] = [];
  const ear = createHandsFree({
    detector: {
      detect: (frame) => {
        heard.looked++;
        return detector.detect(frame);
      },
      reset: detector.reset,
    },
    async transcribe(pcm) {
      const isSpeech = findSpeech(new Int16Array(pcm.buffer)).then((speech) => speech !== undefined);
      written.push(isSpeech.then(String));
      heard.sent++;
      if (!(await isSpeech)) return "";
      heard.passed++;
      return says;
    },
    voice: () => ({ id: isHeld ? undefined : voice?.id, lately: voice?.lately ?? "" }),
    quieten(how) {
      heard.quietened.push(how);
      isHeld = how === "hold" || how === "interrupt";
    },
    onAsked: (text) => heard.asked.push(text),
    onProblem: (problem) => assert.fail(problem),
    onChange: () => undefined,
  });
  const frames: Float32Array<ArrayBuffer>[] = [];
  const whole = sounds.join(sounds.silence(0.5), samples, sounds.silence(2.5));
  createFramer((frame) => frames.push(frame))(Float32Array.from(whole, (sample) => sample / 32_768));
  let sinceHeld = 0;
  for (const frame of frames) {
    sinceHeld = isHeld ? sinceHeld + 1 : 0;
    await ear.hear(isEcho && sinceHeld > tailFrames ? new Float32Array(frame.length) : frame);
    // What was sent is understood within a frame.
    await Promise.all(written);
  }
  return heard;
}

const nothing: Record<string, Int16Array> = {
  silence: sounds.silence(2),
  "a fan": sounds.fan(3, -30),
  "a loud fan": sounds.fan(3, -15),
  "a cough": sounds.join(sounds.cough(-12), sounds.silence(0.4), sounds.cough(-10, 9)),
  "a knock": sounds.burst(0.15, -10, { decay: 0.03, tone: 180 }),
  "an organ": sounds.melody(scale, 0.3, -15),
  "a piano": sounds.melody(scale, 0.3, -15, 0.2),
};

describe("what is not said", () => {
  for (const [name, samples] of Object.entries(nothing))
    it(`starts no turn: ${name}`, async () => {
      const { asked, quietened, passed } = await play(samples, "谢谢观看");
      assert.deepEqual([asked, quietened, passed], [[], [], 0]);
      const over = await play(samples, "谢谢观看", { id: "turn", lately: words });
      assert.deepEqual([over.asked, over.quietened.includes("interrupt")], [[], false]);
    });

  it("costs nothing in a silent room", async () => {
    assert.equal((await play(sounds.silence(5), "")).looked, 0);
  });
});

describe("what is said", missing, () => {
  for (const [text, voice] of [
    ["What is Duet?", "emma"],
    ["How can I get to the airport, and what does it cost?", "oliver"],
    ["请问今天天气怎么样？", "xiaolin"],
  ] as const)
    it(`starts one turn: ${text}`, async () => {
      const { asked, sent, passed } = await play(sounds.mix(say(text, voice), sounds.fan(4, -45)), text);
      assert.deepEqual([asked, passed >= 1, sent - passed], [[text], true, 0]);
    });

  it("interrupts the assistant", async () => {
    const { asked, quietened } = await play(say("Please wait a moment.", "emma"), "Please wait a moment.", {
      id: "turn",
      lately: words,
    });
    assert.deepEqual([asked, quietened], [["Please wait a moment."], ["lower", "hold", "interrupt"]]);
  });

  it("by the assistant itself, as it comes back by the microphone, starts no turn, and it goes on", async () => {
    const echo = sounds.louder(say(words, "emma"), -12);
    const { asked, quietened } = await play(echo, "the river runs on", { id: "turn", lately: words }, true);
    assert.deepEqual([asked, quietened.at(-1), quietened.includes("interrupt")], [[], "resume", false]);
  });
});
