import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConverseResponseSchema, FinishReason, UsageSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** One event of a turn as its caller gets it, without its sequence number. */
export type TurnEvent = Extract<
  NonNullable<MessageInitShape<typeof ConverseResponseSchema>["event"]>,
  { case: string }
>;

/** The contents of an event of one kind. */
export type EventOf<Case extends TurnEvent["case"]> = Extract<TurnEvent, { case: Case }>["value"];

/** A call of a function by the model; its arguments are as the model wrote them. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How an answer's text ended. */
export interface Ending {
  /** Why the model stopped writing. */
  readonly finishReason: FinishReason;
  /** Token counts, if the engine reported them. */
  readonly usage: MessageInitShape<typeof UsageSchema> | undefined;
  /** Whether something that the model wrote was left out, because it is not part of the answer. Default: no. */
  readonly leftOut?: boolean;
  /** The model's tool calls, if it was given tools. Default: none. */
  readonly toolCalls?: readonly ToolCall[];
}
