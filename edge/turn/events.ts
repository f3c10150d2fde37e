import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ConverseResponseSchema, FinishReason, UsageSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";

/** One event of a turn as its caller gets it, without its sequence number. */
export type TurnEvent = Extract<
  NonNullable<MessageInitShape<typeof ConverseResponseSchema>["event"]>,
  { case: string }
>;

/** The type of the contents (`value`) of events of one kind. */
export type EventOf<Case extends TurnEvent["case"]> = Extract<TurnEvent, { case: Case }>["value"];

/** A call of a function by the model; `arguments` is the text as the model wrote it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How an answer's text ended. */
export interface Ending {
  /** Why the model stopped writing. */
  readonly finishReason: FinishReason;
  /** The token counts; undefined if the engine did not report them. */
  readonly usage: MessageInitShape<typeof UsageSchema> | undefined;
  /** Whether text that the model wrote was left out because it is not part of the answer. Default: false. */
  readonly leftOut?: boolean;
  /** The model's calls of tools, if the request offered tools. Default: none. */
  readonly toolCalls?: readonly ToolCall[];
}
