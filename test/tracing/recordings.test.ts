import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { wavHeader } from "../../edge/audio/wav.ts";
import { triggers } from "../../infra/twins/transcribe/faults.ts";
import * as sounds from "../ears/sounds.ts";
import { skipFor } from "../support/skip.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";

const voice = await sounds.createVoice();
const said = "zanzibar quokka";
const hint = "xylophonist";
const spoken = sounds.join(sounds.silence(0.5), voice?.("A zanzibar quokka.") ?? new Int16Array(), sounds.silence(0.5));
const wav = Buffer.concat([wavHeader(sounds.rate, spoken.byteLength), Buffer.from(spoken.buffer)]);
// From the middle of what is said, where it is loud.
const sample = wav.subarray(wav.length >> 1, (wav.length >> 1) + 24);
const marks = ["zanzibar", "quokka", hint, sample.toString("base64").slice(4, 28), sample.toString("latin1")];

// Behind RESTART nobody answers for a while.
const faults = Object.keys(triggers).sort((one, other) => Number(one === "RESTART") - Number(other === "RESTART"));

let collector: Collector;
let house: TracedHouse;
beforeAll(async () => {
  collector = await startCollector();
  house = await startHouse({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: "20",
    DUET_LOG_LEVEL: "debug",
    DUET_TRANSCRIBE_TIMEOUT_MS: "400",
    DUET_TRANSCRIBE_MODEL: "openai/whisper-large-v3-turbo",
  });
});
afterAll(async () => {
  await house.close();
  await collector.close();
});

const ask: Record<string, () => Promise<string>> = {
  Transcribe: () => toError(house.customer.transcribe({ audio: { data: wav }, hints: hint })),
  Converse: () => toError(Array.fromAsync(house.customer.converse({ audio: { data: wav }, sessionId: "private" }))),
  async "/v1/audio/transcriptions"() {
    const form = new FormData();
    form.append("file", new File([wav], "a.wav"));
    form.append("model", "duet");
    form.append("prompt", hint);
    const response = await fetch(`${house.url}/v1/audio/transcriptions`, { method: "POST", body: form });
    const text = await response.text();
    return response.ok ? "" : text;
  },
};

/** All that a failed call says; nothing of one that did not fail. */
async function toError(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (error) {
    const { message, rawMessage, details, metadata } = error as Record<string, unknown>;
    return JSON.stringify([message, rawMessage, details, [...(metadata as Headers)]], (_, value) =>
      typeof value === "bigint" ? Number(value) : value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
  }
}

describe(
  "of a recording nothing is in logs, metrics, traces and errors",
  skipFor(voice === undefined && "espeak-ng is not installed"),
  () => {
    for (const [index, fault] of [undefined, ...faults].entries())
      it(fault === undefined ? "that is written down" : `whose recognizer fails: ${fault}`, async () => {
        // First one that is well: a recognizer that fails again and again is not asked.
        house.ears.change({ fault: undefined, says: ["yes"] });
        await house.customer.transcribe({ audio: { data: wav } }).catch(() => {});
        house.ears.change({ fault, says: [said] });
        for (const way of ["Transcribe", index % 2 === 0 ? "Converse" : "/v1/audio/transcriptions"]) {
          const error = await (ask[way] as () => Promise<string>)();
          for (const mark of marks) {
            assert.ok(!error.includes(mark), `${way} says ${error}`);
            assert.ok(!house.edge.written.includes(mark), `the log after ${way}: ${house.edge.written}`);
          }
        }
      });

    it("when all is over", async () => {
      const metrics = await (await fetch(`${house.url}/metrics`)).text();
      assert.match(metrics, /duet_edge_recordings_total\{outcome="words"\} \d+/);
      await house.close();
      assert.ok(collector.spans.filter(({ name }) => name === "transcribe").length > Object.keys(triggers).length);
      for (const mark of marks) {
        assert.ok(!collector.bytes.includes(mark, 0, "latin1"), `traces have ${mark}`);
        for (const written of [house.edge.written, house.generate.written, house.synthesize.written, metrics])
          assert.ok(!written.includes(mark));
      }
    });
  },
);
