/**
 * Marks speech as machine-made, in up to five ways: by a field of the event `started`, which is also written into the
 * metadata of files; by a header of audio responses; by a spoken notice; by a watermark that the operator's own program
 * adds; and by keeping a record of everything that was marked. These are tools: what a deployment must do depends on
 * the law that applies to it.
 */
import type { Log } from "../../infra/log/log.ts";
import type { EventOf } from "../turn/events.ts";
import { watchEnd } from "../turn/stages/end.ts";
import type { MarkTurn } from "../turn/stages/mark.ts";
import { createRecord } from "./record.ts";

/** Settings for marking speech as machine-made. */
export interface MarkingSettings {
  /** Whether speech is marked as machine-made. */
  readonly on: boolean;
  /** The producer of the speech, to be named where speech is marked as machine-made. Default: no producer is named. */
  readonly producer?: string | undefined;
  /** The notice that begins a conversation's first answer if the profile has no notice of its own. Default: none. */
  readonly notice?: string | undefined;
  /** The URL of the program that adds a watermark to stored speech. Default: no watermark is added. */
  readonly watermarkUrl?: string | undefined;
  /** The folder for the daily records of marked speech. Default: no records are kept. */
  readonly recordFolder?: string | undefined;
  /** How many days the record of each day's marked speech is kept. */
  readonly recordDays: number;
}

/** Marks an edge's speech as machine-made. */
export interface Marking {
  readonly mark: MarkTurn;
  /** Waits until every entry about marked speech has been written to the record. */
  close(): Promise<void>;
}

/** Makes a Marking, which marks an edge's speech as machine-made. Throws SettingsError if no record can be written. */
export async function createMarking(
  { on, producer = "", recordFolder, recordDays }: MarkingSettings,
  { unixNow, log }: { unixNow: () => number; log: Log },
): Promise<Marking> {
  const record =
    recordFolder === undefined ? undefined : await createRecord(recordFolder, recordDays, { unixNow, log });
  if (!on) return { mark: (events) => events, close: async () => {} };
  return {
    async *mark(events, turn) {
      let frames = 0;
      const noted = watchEnd(events, turn.turn, ({ started, outcome }) => {
        if (frames === 0 || started === undefined) return;
        const { voice = "", model = "", audioFormat, marked } = started;
        record?.add({
          turn: turn.turn.id,
          tenant: turn.tenant,
          ...(turn.profile && { profile: turn.profile }),
          rpc: turn.rpc,
          producer,
          voice,
          model,
          seconds: Number((frames / (audioFormat?.sampleRateHertz || 1)).toFixed(3)),
          notice: marked?.notice ?? false,
          outcome,
        });
      });
      for await (const event of noted) {
        if (event.case === "audio") frames += (event.value.pcm?.length ?? 0) / 2;
        if (event.case !== "started" || event.value.audioFormat === undefined) yield event;
        else {
          const marked = { producer, notice: event.value.marked?.notice ?? false };
          const value = { ...event.value, marked } as EventOf<"started">;
          yield { case: "started", value };
        }
      }
    },
    close: async () => record?.close(),
  };
}
