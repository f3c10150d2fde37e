import type { Speech } from "../../gen/duet/config/v1/speech_pb.ts";
import { cardUse } from "../cards.ts";
import type { EngineRecord } from "../record.ts";
import { speechCommand, speechContainers, speechStorage } from "./containers.ts";
import { speechFields } from "./fields.ts";
import { judgeSpeech, speechRules } from "./judge.ts";
import { completeSpeech, type SpeechPlan } from "./plan.ts";
import { speechSettings } from "./settings.ts";
import { speechSetupRules } from "./setup.ts";

/** The engine `speech`: servers with OpenAI's `/v1/audio/speech` API, which many text-to-speech projects offer. */
export const speech: EngineRecord<"speech", "speech", Speech, SpeechPlan, typeof speechSettings> = {
  name: "speech",
  kind: "speech",
  title: "the speech server",
  settings: speechSettings,

  fields: speechFields,
  optionalParts: [],
  aliases: {},
  insteadOf: () => undefined,

  complete: completeSpeech,
  rules: speechRules,
  judge: judgeSpeech,
  setupRules: speechSetupRules,

  cards: cardUse,
  cardFields: { cards: "engine.speech.gpus" },
  ports: ({ gpus, listen }) => gpus.map((_, index) => ({ path: "engine.speech.port", port: listen.port + index })),
  explain: () => [],

  renders: "the command lines that start servers of /v1/audio/speech, one for each server",
  commands: (plan) => plan.gpus.map((_, index) => speechCommand(plan, index)),
  servers: speechContainers,
  deployment: { addressed: "each", sharedMemory: true },
  storage: speechStorage,
  twin: { script: "infra/twins/speech/main.ts", port: 8091 },
};
