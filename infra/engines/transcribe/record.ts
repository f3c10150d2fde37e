import type { Transcribe } from "../../gen/duet/config/v1/transcribe_pb.ts";
import { cardUse } from "../cards.ts";
import type { EngineRecord } from "../record.ts";
import { transcribeCommand, transcribeContainers, transcribeStorage } from "./containers.ts";
import { transcribeFields } from "./fields.ts";
import { judgeTranscribe, transcribeRules } from "./judge.ts";
import { completeTranscribe, type TranscribePlan } from "./plan.ts";
import { transcribeSettings } from "./settings.ts";
import { transcribeSetupRules } from "./setup.ts";

/**
 * Speech recognizers: servers of OpenAI's `/v1/audio/transcriptions`, and of FunASR's WebSocket protocol. If none is
 * configured, no stand-in is started.
 */
export const transcribe: EngineRecord<"transcribe", "hearing", Transcribe, TranscribePlan, typeof transcribeSettings> =
  {
    name: "transcribe",
    kind: "hearing",
    title: "the recognizer",
    settings: transcribeSettings,

    fields: transcribeFields,
    optionalParts: [],
    aliases: {},
    insteadOf: () => undefined,

    complete: completeTranscribe,
    rules: transcribeRules,
    judge: judgeTranscribe,
    setupRules: transcribeSetupRules,

    cards: cardUse,
    cardFields: { cards: "engine.transcribe.gpus" },
    ports: ({ gpus, listen }) =>
      gpus.map((_, index) => ({ path: "engine.transcribe.port", port: listen.port + index })),
    explain: () => [],

    renders: "the command lines that start speech recognizers, one per server",
    commands: (plan) => plan.gpus.map((_, index) => transcribeCommand(plan, index)),
    servers: transcribeContainers,
    deployment: { addressed: "each", sharedMemory: true },
    storage: transcribeStorage,
    twin: undefined,
  };
