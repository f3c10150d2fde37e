import type { ServiceImpl } from "@connectrpc/connect";
import type { Heard } from "../ears/ears.ts";
import { noEars } from "../ears/failures.ts";
import { readRecording } from "../ears/recording/read.ts";
import { type TranscribeTools, transcribe } from "../ears/transcribe.ts";
import type { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnTools } from "../turn/turn.ts";
import { callOf } from "./caller.ts";
import { checkTranscribe } from "./validate.ts";

/** Creates the RPC that transcribes a recording. */
export function createTranscribeRpc(
  tools: Omit<TranscribeTools, "turns">,
  { turns, clock }: TurnTools,
): Pick<ServiceImpl<typeof AssistantService>, "transcribe"> {
  return {
    async transcribe(request, context) {
      const { audio, hints, profile } = request;
      const language = checkTranscribe(request);
      if (tools.ears === undefined) throw noEars();
      const recording = await readRecording(audio);
      const asked = { language, terms: hints, profile };
      const heard = await transcribe(callOf(context, clock), recording, asked, { ...tools, turns });
      return { ...toTranscript(heard), durationMs: Math.round(heard.durationMs ?? 0) };
    },
  };
}

/** Converts a transcript to the message type of the API. */
export function toTranscript({ text, language, speechMs = 0 }: Heard) {
  return { text, language, speechMs: Math.round(speechMs) };
}
