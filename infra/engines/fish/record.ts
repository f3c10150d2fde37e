import type { Fish } from "../../gen/duet/config/v1/fish_pb.ts";
import type { EngineRecord } from "../record.ts";
import { fishServers, fishStorage } from "./containers.ts";
import { fishFields } from "./fields.ts";
import { fishCommand } from "./flags.ts";
import { fishRules, judgeFish } from "./judge.ts";
import { completeFish, type FishPlan } from "./plan.ts";
import { fishSettings } from "./settings.ts";
import { fishSetupRules } from "./setup.ts";

/** Fish-Speech, a speech engine. */
export const fish: EngineRecord<"fish", "speech", Fish, FishPlan, typeof fishSettings> = {
  name: "fish",
  kind: "speech",
  title: "Fish-Speech",
  settings: fishSettings,

  fields: fishFields,
  optionalParts: [],
  aliases: { TTS_MODEL_PATH: "llamaCheckpointPath", DEVICE: "device" },
  insteadOf: () => undefined,

  complete: completeFish,
  rules: fishRules,
  judge: judgeFish,
  setupRules: fishSetupRules,

  cards: ({ gpus, device, workers, release }) =>
    device === "cuda"
      ? [...new Set(gpus)].map((card) => ({
          card,
          memoryGib: gpus.filter((gpu) => gpu === card).length * workers * release.memoryGib,
        }))
      : [],
  cardFields: { cards: "engine.fish.gpus" },
  ports: ({ gpus, listen }) => gpus.map((_, index) => ({ path: "engine.fish.port", port: listen.port + index })),
  explain: () => [],

  renders: "the command lines that start Fish-Speech, one per server",
  commands: (plan) => plan.gpus.map((_, index) => fishCommand(plan, index)),
  servers: fishServers,
  deployment: { addressed: "each", sharedMemory: false },
  storage: fishStorage,
  twin: { script: "infra/twins/fish/main.ts", port: 8080 },
};
