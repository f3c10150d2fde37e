import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { resample } from "../sound/pcm.ts";
import { speakerRateHertz } from "../sound/speaker.ts";
import { toBytes } from "../sound/wav.ts";
import type { Batch } from "../speaking/batch.ts";
import type { Trigger } from "../speaking/faults.ts";
import type { SeenSpeech } from "../speaking/seen.ts";
import { makePieces, sendWhole } from "../speaking/sound.ts";
import type { FlaskApp, ToSpeak } from "./app.ts";
import type { FlaskTwinOptions } from "./options.ts";
import { pageReply, sendReply, writeHead } from "./web.ts";

/** The parts of the stand-in that are needed to answer a request for speech. */
export interface FlaskSpeech {
  readonly app: FlaskApp;
  readonly made: FlaskTwinOptions;
  readonly batch: Batch;
  /** The fault that a text triggers, if any. */
  readonly pull: (text: string) => Trigger | undefined;
  readonly restart: () => void;
  readonly closing: AbortSignal;
}

/** The maximum duration of speech, in seconds. */
const mostSeconds = 180;
/** A signal that never aborts: a Flask server does not notice that a client has left, and keeps working. */
const never = new AbortController().signal;

/** Answers a request for speech, with the fault that its text triggers. */
export async function answerSpeech(
  toSpeak: ToSpeak,
  entry: SeenSpeech,
  response: ServerResponse,
  context: FlaskSpeech,
): Promise<void> {
  const { made, batch, pull, closing } = context;
  const { clock, timeScale, web, speaker } = made;
  const trigger = pull(toSpeak.text);
  if (await instead(trigger, entry, response, context)) return;
  const sampleRateHertz = trigger?.sampleRateHertz ?? toSpeak.sampleRateHertz;
  const spoken = speaker.speak(toSpeak.text, toSpeak.voice, mostSeconds / toSpeak.stretch);
  const own = resample(spoken, speakerRateHertz / toSpeak.stretch, sampleRateHertz);
  const pcm = toBytes(trigger?.audio?.(own, sampleRateHertz) ?? own);
  entry.state = "running";
  const work = { batch, clock, timeScale, closing, signal: never };
  const pieces = makePieces({ pcm, sampleRateHertz, trigger, seen: entry, ...work });
  try {
    await sendWhole(pieces, {
      ...{ sampleRateHertz, trigger, response },
      begin: (length) =>
        writeHead(response, web, 200, { ...toSpeak.before, "Content-Length": length, ...toSpeak.after }),
      fail: () => sendReply(response, web, pageReply(500)),
    });
    entry.state = "finished";
  } catch {
    entry.state = "failed";
    response.destroy();
  } finally {
    entry.endedAtMs = clock.now();
  }
}

/** If the trigger replaces the usual answer, does what the trigger says and returns true; otherwise returns false. */
async function instead(
  trigger: Trigger | undefined,
  entry: SeenSpeech,
  response: ServerResponse,
  { app, made, restart }: FlaskSpeech,
): Promise<boolean> {
  const { refuses, answer, instead: how } = trigger ?? {};
  if (refuses === undefined && answer === undefined && how === undefined) return false;
  entry.state = "refused";
  if (refuses !== undefined) sendReply(response, made.web, app.refuses(refuses.status, refuses.headers ?? {}));
  if (answer !== undefined) {
    writeHead(response, made.web, 200, answer.headers);
    response.end(answer.body);
  }
  if (how === "reset") response.socket?.resetAndDestroy();
  if (how === "restart") restart();
  if (how === "hang") {
    await once(response, "close");
    entry.state = "stopped";
  }
  entry.endedAtMs = made.clock.now();
  return true;
}
