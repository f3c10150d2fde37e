/** Ears beside a stand-in of a recognizer, and what is said to them. */
import type { TestContext } from "vitest";
import { createEars, type EarsSettings } from "../../edge/ears/ears.ts";
import type { Recording } from "../../edge/ears/recording/recording.ts";
import { type Clock, systemClock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import type { EarsTwinOptions } from "../../infra/twins/transcribe/options.ts";
import { startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import * as sounds from "./sounds.ts";

/** Undefined where espeak-ng is not installed. */
export const voice = await sounds.createVoice();
/** What is said. */
export const question = "What is the capital of France?";
/** It, without them. */
export const spoken = voice?.(question, "emma") ?? new Int16Array();
/** A recording of samples. */
export const recordingOf = (samples: Int16Array): Recording => ({
  form: "samples",
  samples,
  durationMs: (samples.length / sounds.rate) * 1000,
});
/** The question between two silences. */
export const asked = recordingOf(sounds.join(sounds.silence(2), spoken, sounds.silence(2)));

/** Twins that are asked over FunASR's WebSocket. */
export const socketTwins = ["funasr-ws", "funasr-ws-python"] as const;

/** The setting that such a twin needs. */
export const wireOf = (kind: string) =>
  (socketTwins as readonly string[]).includes(kind) ? { kind: "funasr-ws" } : {};

/** A log that is read here. */
function toLines(lines: string[]): Log {
  const note = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  return { debug: note, info: note, warn: note, error: note } as unknown as Log;
}

interface Started {
  twin?: Partial<EarsTwinOptions>;
  ears?: Partial<EarsSettings>;
  clock?: Clock;
}

/** Starts both; they end with the test. */
export async function start(
  context: TestContext,
  { twin: twinOptions, ears: settings, clock = systemClock }: Started = {},
) {
  const twin = await startEarsTwin({ timeScale: 0, says: [question], ...twinOptions });
  const lines: string[] = [];
  const ears = createEars({
    settings: {
      url: [twin.url],
      apiKey: undefined,
      kind: "auto",
      model: undefined,
      language: undefined,
      timeoutMs: 10_000,
      maxAtOnce: 8,
      stream: false,
      ...settings,
    },
    metrics: createMetrics({ runtime: false }),
    log: toLines(lines),
    clock,
  });
  context.onTestFinished(async () => {
    await ears.close();
    await twin.close();
  });
  const listen = (recording = asked, hints = {}, signal = new AbortController().signal) =>
    ears.listen(recording, hints, { signal });
  return { twin, ears, listen, lines };
}
