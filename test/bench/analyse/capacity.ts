import { splitText } from "../../../infra/twins/fish/sound/split.ts";
import { spokenSeconds } from "../../../infra/twins/sound/speaker.ts";
import type { Calibration } from "../calibrations.ts";
import type { Reply } from "../replies.ts";
import type { Load } from "../scenarios/scenario.ts";

/** What engines can carry at most, by the cost model, when they are never idle. */
export interface Capacity {
  /** Turns a second that the voices can speak. The model's side carries many more. */
  readonly turnsPerSecond: number;
  /** How long a turn takes that waits for nothing. */
  readonly aloneSeconds: number;
}

/**
 * Computes it for replies that are spoken in parts of 100 bytes, each of which costs a start; a voice that batches at
 * its best point.
 */
export function capacityOf({ vllm, voice, workers }: Calibration, replies: readonly Reply[]): Capacity {
  const mean = (value: (reply: Reply) => number) =>
    replies.reduce((sum, reply) => sum + value(reply), 0) / replies.length;
  const workSeconds = mean(({ text }) => {
    const seconds = spokenSeconds(text);
    if (voice.kind === "batching")
      return seconds * Math.min(...voice.cost.points.map(({ requests, realTimeFactor }) => realTimeFactor / requests));
    const parts = splitText(text, "bytes", 100).length;
    return (parts * voice.cost.startMs) / 1000 + seconds * voice.cost.realTimeFactor;
  });
  const writeSeconds = (mean(({ tokens }) => tokens) * (vllm.stepMs + vllm.tokenMs)) / 1000;
  return { turnsPerSecond: workers / workSeconds, aloneSeconds: Math.max(writeSeconds, workSeconds) };
}

/** How much of the capacity a load asks for, 1 being all of it. Of users: as if each turn took what it takes alone. */
export function shareOf(load: Load, { turnsPerSecond, aloneSeconds }: Capacity): number {
  const perSecond = load.kind === "open" ? load.perSecond : load.users / (load.thinkMs / 1000 + aloneSeconds);
  return perSecond / turnsPerSecond;
}
