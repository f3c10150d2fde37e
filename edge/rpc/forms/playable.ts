import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { errorFromJson } from "@connectrpc/connect/protocol-connect";
import type { Clock } from "../../../infra/clock/clock.ts";
import { begun } from "../../../infra/stream/begun.ts";
import { type AudioOutput, contentTypeOf } from "../../audio/output.ts";
import { playTurn } from "../../audio/play.ts";
import { Failure } from "../../errors.ts";
import { ConverseResponseSchema } from "../../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "../../turn/events.ts";

/**
 * Converts the JSON events of a turn to a playable file of the turn's audio. Throws a Failure if there is no audio; a
 * later failure is thrown while the file is read, so that the client sees a truncated transfer instead of a short file.
 */
export async function toFile(
  events: AsyncGenerator<Uint8Array, unknown>,
  output: AudioOutput,
  { header, clock, signal }: { header: Headers; clock: Clock; signal: AbortSignal },
): Promise<UniversalServerResponse> {
  const body = await begun(playTurn(readEvents(events), output, { clock, signal }));
  if (body === undefined)
    throw new Failure(
      "FAILED_PRECONDITION",
      "NOTHING_TO_SPEAK",
      "nothing in this text can be spoken: perhaps it is only code",
    );
  const headers = new Headers(header);
  headers.set("content-type", contentTypeOf(output));
  return { status: 200, header: headers, body };
}

/** Parses the events of a turn. The generator `events` returns the failure that ended the turn, as Connect's JSON. */
async function* readEvents(events: AsyncGenerator<Uint8Array, unknown>): AsyncGenerator<{ event: TurnEvent }> {
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) {
        if (next.value === undefined) return;
        throw errorFromJson(next.value as JsonValue, undefined, new ConnectError("the call failed", Code.Unknown));
      }
      // The events of Speak are those of Converse without the text, so the same parser reads both.
      const { event } = fromJson(ConverseResponseSchema, JSON.parse(Buffer.from(next.value).toString()));
      if (event.case !== undefined) yield { event };
    }
  } finally {
    await events.return(undefined);
  }
}
