import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../clock/clock.ts";
import type { EarsTwinKindName } from "./kinds.ts";
import type { Wave } from "./wave.ts";

/** What the twin saw of a recording. */
export interface SeenRecording {
  readonly headers: IncomingHttpHeaders;
  /** The fields of its form, without the file. */
  fields: Readonly<Record<string, string>>;
  file: { readonly name: string; readonly type: string; readonly bytes: number } | undefined;
  /** What of the file could be read; undefined if it is no WAV. */
  wave: Wave | undefined;
  /** `stopped`: its client left before there was an answer. */
  state: "reading" | "running" | "finished" | "refused" | "stopped";
}

/** Options of startEarsTwin. */
export interface EarsTwinOptions {
  /** Where it listens. Default 127.0.0.1. */
  host: string;
  /** Default 0: the system chooses. */
  port: number;
  /** The server that it imitates. Default `vllm-whisper`. */
  kind: EarsTwinKindName;
  /** Asked for as a bearer token. Default: none. */
  apiKey: string | undefined;
  /** Default: the server's usual ones. */
  models: readonly string[] | undefined;
  /** What is said: of several, how long a recording is decides, a tenth of a second each. Default: the questions of the script. */
  says: readonly string[];
  /** Its language, as a code. Default: told by its characters. */
  language: string | undefined;
  /** How long it takes, in milliseconds. Default 90: whisper-large-v3-turbo on an RTX 4090, whatever the recording's length. */
  delayMs: number;
  /** Whether words in a prompt ask for faults. Default true. */
  faults: boolean;
  /** The fault of every request, by its word. Default: none. */
  fault: string | undefined;
  /** For how long RESTART refuses connections. Default 1500. */
  restartMs: number;
  /** Stretches all delays; 0: as fast as possible. Default 1. */
  timeScale: number;
  /** Default: the machine's. */
  clock: Clock;
}
