import type { Refusal } from "./wire/error-body.ts";
import type { AnswerEvent } from "./wire/events.ts";

/** What a fault may look at of a request's body. */
export type ChatBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

/** A way in which the engine misbehaves. */
export interface Fault {
  /** What it does, for `--help` and `GET /_twin/faults`. */
  does: string;
  /** Answers this instead of anything else; `cut` destroys the socket before the first byte. */
  instead?: Refusal | "cut";
  /** Answers this instead of anything else to a body that it does not take. */
  refuses?: (body: ChatBody) => Refusal | undefined;
  /** The content type of a streamed answer, if it is not that of events; null for none. */
  contentType?: string | null;
  /** Changes the events of a streamed answer. */
  stream?: (events: AsyncIterable<AnswerEvent>) => AsyncIterable<AnswerEvent>;
  /** The connection is dead once the answer is sent: the next request on it is reset. */
  dropConnection?: boolean;
  /** The process ends once the answer is sent, and is started again. */
  exits?: boolean;
}
