import type { Refusal } from "./wire/error-body.ts";
import type { AnswerEvent } from "./wire/events.ts";

/** The parts of a request's body that a fault may depend on. */
export type ChatBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

/** A way in which the engine misbehaves. */
export interface Fault {
  /** A description of the fault, for `--help` and `GET /_twin/faults`. */
  does: string;
  /** The response that is sent instead of an answer; `cut`: the socket is destroyed before the first byte. */
  instead?: Refusal | "cut";
  /** Returns the error response for a request whose body the server does not accept; undefined if it is accepted. */
  refuses?: (body: ChatBody) => Refusal | undefined;
  /** The content type of a streamed answer instead of the usual `text/event-stream`; null: no content type is sent. */
  contentType?: string | null;
  /** Changes the events of a streamed answer. */
  stream?: (events: AsyncIterable<AnswerEvent>) => AsyncIterable<AnswerEvent>;
  /** True if the connection dies once the answer is sent: the next request on it is reset. */
  dropConnection?: boolean;
  /** True if the process exits once the answer is sent; then the process is started again. */
  exits?: boolean;
}
