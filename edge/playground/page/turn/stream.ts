import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { type Clock, sleep } from "../../../../infra/clock/clock.ts";
import {
  type ConverseRequestSchema,
  type ConverseResponse,
  type ResumeResponse,
  WarningReason,
} from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import type { Assistant } from "../api.ts";
import { isCut } from "./problem.ts";
import type { TraceHeaders } from "./trace.ts";

/** A message of an answer's stream. */
export type Answered = Pick<ConverseResponse | ResumeResponse, "sequence" | "event">;

// How long a lost connection may be resumed, in milliseconds: long enough for a phone to change networks. A turn also
// keeps an engine busy this long after its page was closed without notice. The pauses between attempts are `pausesMs`
// and then `longestPauseMs`.
const resumeWindowMs = 30_000;
const pausesMs = [0, 250, 500, 1_000];
const longestPauseMs = 2_000;

// The error for a stream that ends without `finished`.
const endedEarly = ConnectError.from("the stream ended before the answer did");

/**
 * Yields an answer, event by event, up to `finished`. If the connection is lost, the stream resumes after the last
 * event received as soon as the server can be reached again: nothing is lost or repeated. Throws the original error if
 * the answer cannot be resumed, or if the server could not be reached within the resume window.
 */
export async function* converse(
  assistant: Assistant,
  request: MessageInitShape<typeof ConverseRequestSchema>,
  { signal, headers, clock }: { readonly signal: AbortSignal; readonly headers: TraceHeaders; readonly clock: Clock },
): AsyncGenerator<Answered> {
  let stream: AsyncIterable<Answered> = assistant.converse({ ...request, resumeWindowMs }, { signal, headers });
  let turnId = "";
  let last = 0;
  let isResumable = false;
  let lost: { readonly error: unknown; readonly at: number } | undefined;
  for (let tries = 0; ; tries++) {
    let error: unknown = endedEarly;
    try {
      for await (const answered of stream) {
        const { sequence, event } = answered;
        lost = undefined;
        tries = 0;
        last = Math.max(last, sequence);
        if (event.case === "started") ({ turnId, resumable: isResumable } = event.value);
        if (event.case === "warning" && event.value.reason === WarningReason.NOT_RESUMABLE) isResumable = false;
        yield answered;
        if (event.case === "finished") return;
      }
    } catch (thrown) {
      error = thrown;
    }
    if (signal.aborted || !isResumable) throw error;
    if (lost !== undefined && !mayPass(error)) throw lost.error;
    lost ??= { error, at: clock.now() };
    if (clock.now() - lost.at >= resumeWindowMs) throw lost.error;
    await sleep(clock, pausesMs[tries] ?? longestPauseMs, signal);
    stream = assistant.resume({ turnId, afterSequence: last }, { signal, headers });
  }
}

/** Whether the error may be temporary: the page, or a proxy on the way, could not reach the server. */
function mayPass(error: unknown): boolean {
  return isCut(error) || ConnectError.from(error).code === Code.Unavailable;
}
