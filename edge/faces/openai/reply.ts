import type { Call } from "../../call.ts";

/** An endpoint's answer: JSON, or bytes of a media type, streamed as they are made. */
export type Reply =
  | { readonly json: object }
  | {
      readonly contentType: string;
      readonly stream: AsyncIterable<Uint8Array>;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A request that was admitted and read. */
export interface Asked {
  readonly call: Call;
  /** The body: parsed JSON, or the fields of a form; undefined for GET. */
  readonly body: unknown;
  /** The part of the request's path that stands for the `{}` of the endpoint's path; empty if that has no `{}`. */
  readonly name: string;
  /** Whether the caller runs the deployment, and may see full error messages. */
  readonly inFull: boolean;
  /** Call this when an engine begins to work on the request: clients are then told not to retry by themselves. */
  spend(): void;
}
