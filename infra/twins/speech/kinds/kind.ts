import type { SpeechCost } from "../../../cost/cost.ts";
import type { ErrorSaid, ErrorStyle } from "../wire/errors.ts";
import type { Framing } from "../wire/framing.ts";
import type { SpeechRequest } from "../wire/request.ts";

/** How an answer is given: in pieces as they are made, or whole in the end. */
export type Delivery =
  | {
      readonly how: "stream";
      readonly framing: Framing;
      readonly headers?: Record<string, string>;
      /** The head of the answer waits for the first piece. */
      readonly lateHead?: boolean;
      /** Default: the server's own. */
      readonly sampleRateHertz?: number;
    }
  | { readonly how: "whole"; readonly headers?: Record<string, string> };

/** A server of `/v1/audio/speech` that can be imitated. */
export interface SpeechKind {
  readonly about: string;
  readonly models: readonly string[];
  /** Names of its voices; those that it does not list are no fault. */
  readonly voices: readonly string[];
  /** What `GET /v1/audio/voices` answers; undefined: 404. */
  readonly listVoices: ((voices: readonly string[], model: string) => object) | undefined;
  readonly listModels: (models: readonly string[]) => object;
  /** What `GET /health` answers: JSON, a text, or nothing at all. */
  readonly health: object | string;
  readonly errors: ErrorStyle;
  readonly web: "uvicorn" | "go";
  readonly sampleRateHertz: number;
  /** One thing at a time, and nobody else gets an answer meanwhile. */
  readonly blocks: boolean;
  /** It does not notice that a client has left. */
  readonly deaf: boolean;
  readonly cost: SpeechCost;
  /** How it answers, or what it refuses. */
  deliver(request: SpeechRequest, kind: SpeechKind): Delivery | ErrorSaid;
}

/** A listing as OpenAI's: who owns the models, and since when. */
export const openAiList = (of: string, created: number) => (models: readonly string[]) => ({
  object: "list",
  data: models.map((id) => ({ id, object: "model", created, owned_by: of })),
});

/** Whether a voice is named that is none of its own; `default` is every server's. */
export const unknownVoice = (voice: string | undefined, { voices }: SpeechKind) =>
  voice !== undefined && voice !== "default" && !voices.includes(voice);
