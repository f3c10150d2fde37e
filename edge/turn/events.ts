import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConverseResponseSchema, FinishReason, UsageSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** One event of a turn as its caller gets it, not numbered yet. */
export type TurnEvent = Extract<
  NonNullable<MessageInitShape<typeof ConverseResponseSchema>["event"]>,
  { case: string }
>;

/** What an event of one kind says. */
export type EventOf<Case extends TurnEvent["case"]> = Extract<TurnEvent, { case: Case }>["value"];

/** A function that a model calls; its arguments are as the model wrote them. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How an answer's text ended. */
export interface Ending {
  /** Why the model stopped writing. */
  readonly finishReason: FinishReason;
  /** Tokens, if the engine counted them. */
  readonly usage: MessageInitShape<typeof UsageSchema> | undefined;
  /** The model wrote something that is no part of the answer, and it was left out. Default: no. */
  readonly leftOut?: boolean;
  /** What the model calls, where it was given tools. Default: nothing. */
  readonly toolCalls?: readonly ToolCall[];
}
