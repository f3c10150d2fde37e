/**
 * Transcribes recordings with external recognizers: speech is detected here; only the part with speech is sent, to one
 * of the recognizers; and the transcript is checked for plausibility. No recording is stored, and neither recordings
 * nor their words are logged.
 */
import { toBytes } from "../../infra/audio/pcm.ts";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import { withoutCredentials } from "../../infra/net/address.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../../infra/telemetry/tracer.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import { wavHeader } from "../audio/wav.ts";
import type { Call } from "../call.ts";
import { Failure } from "../errors.ts";
import { toEarsFailure, tooMuch } from "./failures.ts";
import { findSpeech, type Speech } from "./gate/gate.ts";
import { earRateHertz, type Recording } from "./recording/recording.ts";
import { createEarsReport, type RecordingReport } from "./report.ts";
import { EarsError } from "./servers/ears-error.ts";
import type { Answered, Hints, Sent } from "./servers/recognizer.ts";
import { createRecognizers, type RecognizersSettings } from "./servers/recognizers.ts";
import { createSlots } from "./servers/slots.ts";
import { plausible, saidOf } from "./words/plausible.ts";
import { simplified } from "./words/script.ts";
import { languageCalled, withoutTags } from "./words/tags.ts";

/** The result of a transcription. */
export interface Heard {
  /** The transcript; empty if the recording contains no speech. */
  readonly text: string;
  /** The language of the transcript, as a BCP 47 tag; empty if unknown. */
  readonly language: string;
  /** The duration of the recording in milliseconds; undefined if unknown. */
  readonly durationMs: number | undefined;
  /** How much of the recording is speech, in milliseconds; undefined if it was not checked for speech. */
  readonly speechMs: number | undefined;
}

/** The settings of transcription. */
export interface EarsSettings extends RecognizersSettings {
  /** The language of recordings for which none is given, as a BCP 47 tag. Default: the recognizer detects it. */
  readonly language: string | undefined;
  /** How many recordings each recognizer gets at a time. */
  readonly maxAtOnce: number;
  readonly stream: boolean;
}

/** The speech recognition of an edge, by all its recognizers. */
export interface Ears {
  /** Transcribes a recording. Throws a Failure if that fails, or the reason of the call's signal once that aborts. */
  listen(recording: Recording, hints: Partial<Omit<Hints, "trace">>, call: ListenCall): Promise<Heard>;
  /** The name of the model that recognizers are to use; undefined if the settings name none. */
  readonly model: string | undefined;
  /** Why recordings cannot be transcribed now, in words for operators; undefined if they can be. */
  notReady(): string | undefined;
  /** Destroys all connections. */
  close(): Promise<void>;
}

/** The call that a recording belongs to. Without a span, the transcription is not traced. */
export type ListenCall = Pick<Call, "signal"> & Partial<Pick<Call, "span">>;

/** Options of createEars. */
export interface EarsOptions {
  readonly settings: EarsSettings;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Records a span of each transcription. Default: no tracing. */
  readonly tracer?: Tracer;
  readonly clock: Clock;
}

// How many recordings may wait for each slot; each waits at most for about as long as two transcriptions take.
const waitingPerSlot = 2;

/** Creates a transcriber; contacts no recognizer yet. */
export function createEars({ settings, metrics, log, tracer = noTracer, clock }: EarsOptions): Ears {
  const { url, maxAtOnce, timeoutMs, model } = settings;
  const recognizers = createRecognizers(settings, { clock, log });
  const atOnce = maxAtOnce * url.length;
  const slots = createSlots(atOnce, { mostWaiting: atOnce * waitingPerSlot, waitMs: timeoutMs, clock });
  const report = createEarsReport({ metrics, tracer, clock, model });
  metrics.gauge("duet_edge_transcribing", "Recordings that are being transcribed.", [], (gauge) =>
    gauge.set(slots.taken),
  );

  const write = async (sent: Sent, hints: Hints, signal: AbortSignal, watched: RecordingReport): Promise<Answered> => {
    const giveBack = await slots.take(signal);
    if (giveBack === undefined) throw tooMuch();
    watched.started();
    const late = new AbortController();
    const cancel = clock.after(timeoutMs, () => late.abort());
    try {
      return await recognizers.write(sent, hints, signal, late.signal);
    } finally {
      cancel();
      giveBack();
    }
  };

  return {
    model,
    async listen(recording, { language = "", terms = "" }, { signal, span }) {
      const watched = report.begin(recording.durationMs, span?.context ?? {});
      const asked = { language: language || (settings.language ?? ""), terms, trace: watched.context };
      try {
        const speech = recording.form === "samples" ? await findSpeech(recording.samples) : undefined;
        if (recording.form === "samples") watched.looked(speech?.speechMs ?? 0);
        if (recording.form === "samples" && speech === undefined) {
          watched.end("silent");
          return { text: "", language: asked.language, durationMs: recording.durationMs, speechMs: 0 };
        }
        const answered = await write(toSent(recording, speech), asked, signal, watched);
        const said = toHeard(answered, recording, speech, asked);
        watched.end(said.text === "" ? "wordless" : "words");
        return said;
      } catch (caught) {
        const error = caught instanceof EarsError ? toEarsFailure(caught, recording.form) : caught;
        if (signal.aborted) watched.end("left");
        else watched.end("failed", error instanceof Failure ? error.reason : "INTERNAL");
        throw error;
      }
    },
    notReady() {
      if (recognizers.isThere) return undefined;
      return `no recognizer answers at ${url.map(withoutCredentials).join(", ")}: start it, or set DUET_TRANSCRIBE_URL`;
    },
    close: () => recognizers.close(),
  };
}

/** The bytes to send to a recognizer: only the samples with speech, as WAV, or the whole file unchanged. */
function toSent(recording: Recording, speech: Speech | undefined): Sent {
  if (recording.form === "file") return { bytes: recording.bytes, format: recording.format };
  const bytes = toBytes(recording.samples.subarray(speech?.start, speech?.end));
  return { bytes: Buffer.concat([wavHeader(earRateHertz, bytes.length), bytes]), format: "wav" };
}

function toHeard(answered: Answered, recording: Recording, speech: Speech | undefined, asked: Hints): Heard {
  const { segments, prompt } = answered;
  const said = segments && saidOf(segments);
  // The recognizer's full text is used, unless some of its segments were judged not to be speech: then the text is
  // joined from the other segments.
  const written =
    said === undefined || said.length === segments?.length ? answered.text : said.map(({ text }) => text).join("");
  const { text, language: tagged } = withoutTags(written);
  const { speechMs, aboveNoiseDb } = speech ?? {};
  const told = tagged ?? languageCalled(answered.language) ?? asked.language;
  // If `zh-TW` was requested and the recognizer reports `zh`, the more specific requested tag is kept.
  const language = asked.language.split("-")[0] === told ? asked.language : (canonicalTag(told) ?? "");
  return {
    text: simplified(plausible(text, { speechMs, aboveNoiseDb, prompt }), language),
    language,
    durationMs: recording.durationMs ?? (answered.seconds === undefined ? undefined : answered.seconds * 1000),
    speechMs,
  };
}
