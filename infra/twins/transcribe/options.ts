import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import type { EarsTwinKindName } from "./kinds.ts";
import type { Wave } from "./wave.ts";

/** What the stand-in recorded of one request. */
export interface SeenRecording {
  readonly headers: IncomingHttpHeaders;
  /** The fields of the request's form, except the file. */
  fields: Readonly<Record<string, string>>;
  file: { readonly name: string; readonly type: string; readonly bytes: number } | undefined;
  /** The stand-in's measurements of the recording; undefined if the recording is not a WAV file. */
  wave: Wave | undefined;
  /** `stopped`: the client disconnected before there was an answer. */
  state: "reading" | "running" | "finished" | "refused" | "stopped";
}

/** Options of startEarsTwin. */
export interface EarsTwinOptions {
  /** The address to listen at. Default: 127.0.0.1. */
  host: string;
  /** The port to listen at. Default: 0, which means any free port. */
  port: number;
  /** The server to imitate. Default: `vllm-whisper`. */
  kind: EarsTwinKindName;
  /** The bearer token that requests must carry. Default: no token is required. */
  apiKey: string | undefined;
  /** The names of the models that the stand-in serves. Default: those that the imitated server usually has. */
  models: readonly string[] | undefined;
  /**
   * The possible transcripts; a recording's length in tenths of a second selects one. Default: the questions of the
   * script.
   */
  says: readonly string[];
  /** The language of the transcripts, as a code. Default: detected from their characters. */
  language: string | undefined;
  /**
   * How long transcription takes, in milliseconds. Default: 90, as whisper-large-v3-turbo on an RTX 4090 takes for a
   * recording of any length.
   */
  delayMs: number;
  /** Whether words in a prompt trigger faults. Default: true. */
  faults: boolean;
  /** The trigger word of a fault that is applied to every request. Default: none. */
  fault: string | undefined;
  /** How long connections are refused after the fault RESTART, in milliseconds. Default: 1500. */
  restartMs: number;
  /** Multiplies all delays; 0 is as fast as possible. Default: 1. */
  timeScale: number;
  /** The clock by which times are recorded and delays are waited for. Default: the system clock. */
  clock: Clock;
}
