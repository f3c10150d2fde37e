import type { Piper } from "../../gen/duet/config/v1/piper_pb.ts";
import { cardUse } from "../cards.ts";
import type { EngineRecord } from "../record.ts";
import { piperCommand, piperContainers, piperStorage } from "./containers.ts";
import { piperFields } from "./fields.ts";
import { judgePiper, piperRules } from "./judge.ts";
import { completePiper, type PiperPlan } from "./plan.ts";
import { piperSettings } from "./settings.ts";
import { piperSetupRules } from "./setup.ts";

/** Piper: VITS voices in ONNX format, which run on a CPU. */
export const piper: EngineRecord<"piper", "speech", Piper, PiperPlan, typeof piperSettings> = {
  name: "piper",
  kind: "speech",
  title: "Piper",
  settings: piperSettings,

  fields: piperFields,
  optionalParts: [],
  aliases: {},
  insteadOf: () => undefined,

  complete: completePiper,
  rules: piperRules,
  judge: judgePiper,
  setupRules: piperSetupRules,

  cards: cardUse,
  cardFields: { cards: "engine.piper.gpus" },
  ports: ({ gpus, listen }) => gpus.map((_, index) => ({ path: "engine.piper.port", port: listen.port + index })),
  explain: () => [],

  renders: "the command lines that start Piper, one for each server",
  commands: (plan) => plan.gpus.map((_, index) => piperCommand(plan, index)),
  servers: piperContainers,
  deployment: { addressed: "each", sharedMemory: false },
  storage: piperStorage,
  twin: { script: "infra/twins/piper/main.ts", port: 5000 },
};
