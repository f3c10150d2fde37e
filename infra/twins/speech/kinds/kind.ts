import type { SpeechCost } from "../../../cost/cost.ts";
import type { ErrorSaid, ErrorStyle } from "../wire/errors.ts";
import type { Framing } from "../wire/framing.ts";
import type { SpeechRequest } from "../wire/request.ts";

/** How an answer is sent: in pieces as they are made, or complete at the end. */
export type Delivery =
  | {
      readonly how: "stream";
      readonly framing: Framing;
      readonly headers?: Record<string, string>;
      /** True if the headers are sent only with the first piece of audio; otherwise they are sent at once. */
      readonly lateHead?: boolean;
      /** The sample rate of the audio. Default: the server's own. */
      readonly sampleRateHertz?: number;
    }
  | { readonly how: "whole"; readonly headers?: Record<string, string> };

/** A server of `/v1/audio/speech` that can be imitated. */
export interface SpeechKind {
  readonly about: string;
  readonly models: readonly string[];
  /** The names of the server's voices; the server may accept other names too. */
  readonly voices: readonly string[];
  /** Makes the body that answers `GET /v1/audio/voices`; undefined: the server answers 404. */
  readonly listVoices: ((voices: readonly string[], model: string) => object) | undefined;
  readonly listModels: (models: readonly string[]) => object;
  /** What `GET /health` answers: JSON, or a string, which may be empty. */
  readonly health: object | string;
  readonly errors: ErrorStyle;
  readonly web: "uvicorn" | "go";
  readonly sampleRateHertz: number;
  /** Whether the server handles one request at a time, and answers no other request meanwhile. */
  readonly blocks: boolean;
  /** Whether the server does not notice that a client has left. */
  readonly deaf: boolean;
  readonly cost: SpeechCost;
  /** How the server answers a request, or the error with which the server refuses the request. */
  deliver(request: SpeechRequest, kind: SpeechKind): Delivery | ErrorSaid;
}

/** Returns a function that lists models in OpenAI's format; `of` is their owner, `created` their creation time. */
export const openAiList = (of: string, created: number) => (models: readonly string[]) => ({
  object: "list",
  data: models.map((id) => ({ id, object: "model", created, owned_by: of })),
});

/** Whether the server has no voice of this name; every server has a voice called `default`. */
export const unknownVoice = (voice: string | undefined, { voices }: SpeechKind) =>
  voice !== undefined && voice !== "default" && !voices.includes(voice);
