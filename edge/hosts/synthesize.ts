import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";
import { merge } from "../../infra/stream/merge.ts";
import { createPipe } from "../../infra/stream/pipe.ts";
import { mapError, serviceFailure, toFailure } from "../connect/errors.ts";
import { OpenerMode } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type {
  Admitted,
  SynthesizeRequestSchema,
  SynthesizeResponse,
  SynthesizeService,
} from "../gen/duet/synthesize/v1/synthesize_pb.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { AudioWaits, OpenSpeech } from "../turn/speech.ts";
import { toCallOptions } from "./metadata.ts";
import { toOpenerMode, toSegmentSource, toSpokenOpenerMode, toWarningReason } from "./translate.ts";

/** Makes the function that has a text spoken through Synthesize. It throws Failure, also while the speech is read. */
export function createOpenSpeech(client: Client<typeof SynthesizeService>, clock: Clock): OpenSpeech {
  return async (
    text,
    call,
    { voice, language, questionLanguage, lexicon = "", opener = OpenerMode.UNSPECIFIED, openings = [] },
  ) => {
    type Request = MessageInitShape<typeof SynthesizeRequestSchema>;
    // The positions that the listener has reached. Only the latest is useful, so earlier ones that were not sent yet
    // are dropped.
    const heard = createPipe<Request>({ capacity: Number.POSITIVE_INFINITY, join: (_, later) => later });
    async function* written(): AsyncGenerator<Request> {
      for await (const piece of text) yield { part: { case: "text", value: piece } };
      yield { part: { case: "end", value: {} } };
    }
    async function* requests(): AsyncGenerator<Request> {
      const config = {
        voice,
        language,
        questionLanguage,
        lexicon,
        opener: toSpokenOpenerMode(opener),
        openings: [...openings],
      };
      yield { part: { case: "config", value: config } };
      yield* merge(written(), heard);
    }
    const stream = client.synthesize(requests(), toCallOptions(call, clock));
    const events = mapError(stream, toFailure)[Symbol.asyncIterator]();
    const first = (await events.next()).value as SynthesizeResponse | undefined;
    if (first?.event.case !== "admitted") throw brokenStream();
    let waits: AudioWaits | undefined;
    const admitted = readAdmitted(first.event.value);
    const { sampleRateHertz } = admitted.format;
    async function* spoken() {
      try {
        yield* readEvents(events, (told) => {
          waits ??= told;
        });
      } finally {
        heard.end();
      }
    }
    return {
      ...admitted,
      events: spoken(),
      waits: () => waits,
      played({ segment, seconds }) {
        const value = { segment, offset: Math.round(seconds * sampleRateHertz) };
        void heard.write({ part: { case: "played", value } });
      },
    };
  };
}

function readAdmitted({ voice, format, openerMode, openings, waitedMs }: Admitted) {
  const { sampleRateHertz = 0, channelCount = 0 } = format ?? {};
  const mode = toOpenerMode(openerMode);
  return { voice, format: { sampleRateHertz, channelCount }, openerMode: mode, openings, waitedMs };
}

async function* readEvents(
  events: AsyncIterator<SynthesizeResponse>,
  onFirst: (waits: AudioWaits | undefined) => void,
): AsyncGenerator<TurnEvent> {
  let finished = false;
  for await (const { event } of { [Symbol.asyncIterator]: () => events }) {
    switch (event.case) {
      case "segment": {
        const { index, start, end, spoken, spans, voice, source } = event.value;
        yield {
          case: "segment",
          value: { index, start, end, spoken, spans: spans.map(plainSpan), voice, source: toSegmentSource(source) },
        };
        break;
      }
      case "audio": {
        const { segment, offset, pcm, first } = event.value;
        onFirst(first);
        yield { case: "audio", value: { segment, offset, pcm } };
        break;
      }
      case "segmentDone": {
        const { segment, sampleCount } = event.value;
        yield { case: "segmentDone", value: { segment, sampleCount } };
        break;
      }
      case "warning": {
        const { reason, start, end } = event.value;
        yield { case: "warning", value: { reason: toWarningReason(reason), start, end } };
        break;
      }
      case "finished":
        finished = true;
    }
  }
  if (!finished) throw brokenStream();
}

type Numbers = "start" | "end" | "spokenStart" | "spokenEnd" | "weight";

function plainSpan({ start, end, spokenStart, spokenEnd, weight }: Record<Numbers, number>) {
  return { start, end, spokenStart, spokenEnd, weight };
}

function brokenStream() {
  return serviceFailure(
    "UNAVAILABLE",
    "SYNTHESIZE_BROKEN",
    "Synthesize broke off the speech of an answer: see its log",
  );
}
