/**
 * What marks speech as made by a machine: a field of `started`, from which follow the metadata of files; a header of answers that are sound; a
 * spoken notice; a watermark by a program of the deployment's; and a record of all that was marked. These are tools: what a deployment has to
 * do, its own law says.
 */
import type { Log } from "../../infra/log/log.ts";
import type { EventOf } from "../turn/events.ts";
import { watchEnd } from "../turn/stages/end.ts";
import type { MarkTurn } from "../turn/stages/mark.ts";
import { createRecord } from "./record.ts";

/** What a deployment says of marking. */
export interface MarkingSettings {
  /** Whether speech is marked at all. */
  readonly on: boolean;
  /** Who makes it. Default: not named. */
  readonly producer?: string | undefined;
  /** What a conversation's first answer begins with, where its profile says nothing. Default: nothing. */
  readonly notice?: string | undefined;
  /** Puts a watermark into speech that is stored. Default: nobody does. */
  readonly watermarkUrl?: string | undefined;
  /** A folder of what was marked. Default: no record is kept. */
  readonly recordFolder?: string | undefined;
  /** How long a day of it is kept. */
  readonly recordDays: number;
}

/** Marks speech. */
export interface Marking {
  readonly mark: MarkTurn;
  /** Waits until what was marked is on record. */
  close(): Promise<void>;
}

/** Makes what marks the turns of an edge. Throws SettingsError if no record can be kept where it is to be. */
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
