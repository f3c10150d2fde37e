import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import type { EarsTwinKindName } from "./kinds.ts";
import type { Wave } from "./wave.ts";

/** What the stand-in recorded of one request. */
export interface SeenRecording {
  readonly headers: IncomingHttpHeaders;
  /** The fields of the form, without the file. */
  fields: Readonly<Record<string, string>>;
  file: { readonly name: string; readonly type: string; readonly bytes: number } | undefined;
  /** What the stand-in measured of the recording; undefined if the recording is not a WAV file. */
  wave: Wave | undefined;
  /** `stopped`: the client disconnected before there was an answer. */
  state: "reading" | "running" | "finished" | "refused" | "stopped";
}

/** Options of startEarsTwin. */
export interface EarsTwinOptions {
  /** The address to listen at. Default: 127.0.0.1. */
  host: string;
  /** Default: 0, a free port. */
  port: number;
  /** The server to imitate. Default: `vllm-whisper`. */
  kind: EarsTwinKindName;
  /** The bearer token that requests must carry. Default: no token is required. */
  apiKey: string | undefined;
  /** Default: the usual models of the server. */
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
  /** How long RESTART refuses connections, in milliseconds. Default: 1500. */
  restartMs: number;
  /** Multiplies all delays; 0 is as fast as possible. Default: 1. */
  timeScale: number;
  /** Default: the system clock. */
  clock: Clock;
}
