import type { Vits } from "../../gen/duet/config/v1/vits_pb.ts";
import { cardUse } from "../cards.ts";
import type { EngineRecord } from "../record.ts";
import { vitsCommand, vitsContainers, vitsStorage } from "./containers.ts";
import { vitsFields } from "./fields.ts";
import { judgeVits, vitsRules } from "./judge.ts";
import { completeVits, type VitsPlan } from "./plan.ts";
import { vitsSettings } from "./settings.ts";
import { vitsSetupRules } from "./setup.ts";

/** The engine vits-simple-api, which runs VITS, VITS-Finetuned and Bert-VITS2. */
export const vits: EngineRecord<"vits", "speech", Vits, VitsPlan, typeof vitsSettings> = {
  name: "vits",
  kind: "speech",
  title: "VITS",
  settings: vitsSettings,

  fields: vitsFields,
  optionalParts: [],
  aliases: {},
  insteadOf: () => undefined,

  complete: completeVits,
  rules: vitsRules,
  judge: judgeVits,
  setupRules: vitsSetupRules,

  cards: cardUse,
  cardFields: { cards: "engine.vits.gpus" },
  ports: ({ gpus, listen }) => gpus.map((_, index) => ({ path: "engine.vits.port", port: listen.port + index })),
  explain: () => [],

  renders: "the command lines that start vits-simple-api, one for each server",
  commands: (plan) => plan.gpus.map((_, index) => vitsCommand(plan, index)),
  servers: vitsContainers,
  deployment: { addressed: "each", sharedMemory: false },
  storage: vitsStorage,
  twin: { script: "infra/twins/vits/main.ts", port: 23_456 },
};
