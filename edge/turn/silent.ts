import { countCodePoints } from "../../infra/text/code-points.ts";
import { OpenerMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { TurnEvent } from "./events.ts";
import type { OpenSpeech } from "./speech.ts";

/**
 * Silent speech, for a turn whose text is only shown: the voice service is not asked for a slot. At the end of the
 * turn, one segment without audio covers the text, so that in a session all of the text counts as heard.
 */
export const openSilence: OpenSpeech = async (text) => {
  async function* events(): AsyncGenerator<TurnEvent> {
    let characters = 0;
    for await (const piece of text) characters += countCodePoints(piece);
    yield { case: "segment", value: { index: 0, start: 0, end: characters, spoken: "", spans: [] } };
    yield { case: "segmentDone", value: { segment: 0, sampleCount: 0 } };
  }
  return {
    voice: "",
    format: { sampleRateHertz: 0, channelCount: 0 },
    openerMode: OpenerMode.UNSPECIFIED,
    openings: [],
    events: events(),
    waitedMs: 0,
    waits: () => undefined,
    played() {},
  };
};
