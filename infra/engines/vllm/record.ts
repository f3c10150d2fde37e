import type { Vllm } from "../../gen/duet/config/v1/vllm_pb.ts";
import type { EngineRecord } from "../record.ts";
import { vllmServer } from "./containers.ts";
import { vllmFields } from "./fields.ts";
import { vllmCommand } from "./flags.ts";
import { judgeVllm, vllmRules } from "./judge.ts";
import { type ModelConfigFile, readModelConfig } from "./model/config-file.ts";
import { explainMemory } from "./model/explain.ts";
import { completeVllm, type VllmPlan } from "./plan.ts";
import { insteadOf } from "./retired.ts";
import { vllmSettings } from "./settings.ts";
import { vllmSetupRules } from "./setup.ts";

/** vLLM, which runs the language model. Its settings also work for any other server of OpenAI's chat completions. */
export const vllm: EngineRecord<"vllm", "chat", Vllm, VllmPlan, typeof vllmSettings, ModelConfigFile> = {
  name: "vllm",
  kind: "chat",
  title: "vLLM",
  settings: vllmSettings,

  fields: vllmFields,
  optionalParts: ["speculation", "context.yarn", "model.geometry"],
  aliases: { MODEL_NAME: "model.name", MAX_SEQ_LEN: "context.maxModelLen" },
  insteadOf,

  attachment({ model }) {
    const file = model?.configFile;
    if (file === undefined) return undefined;
    return {
      path: "model.configFile",
      file,
      what: "config.json of a model",
      remedy: "Give the path of the config.json beside the model's weights, relative to this file.",
    };
  },
  readAttachment: readModelConfig,
  complete: completeVllm,
  rules: vllmRules,
  judge: judgeVllm,
  setupRules: vllmSetupRules,

  cards: ({ gpus, host, cache }) =>
    gpus.map((card) => ({ card, memoryGib: host.gpuMemoryGib * cache.gpuMemoryUtilization })),
  cardFields: { cards: "engine.vllm.gpus", share: "engine.vllm.cache.gpuMemoryUtilization" },
  ports: ({ server }) => [{ path: "engine.vllm.server.port", port: server.port }],
  explain: explainMemory,

  renders: "the command line that starts vLLM",
  commands: (plan, keyVariable) => [vllmCommand(plan, keyVariable)],
  servers: (plan) => [vllmServer(plan)],
  deployment: { healthPath: "/health", addressed: "together", sharedMemory: true },
  // The volume keeps downloaded models, so that each is downloaded only once.
  storage: () => ({ name: "models", size: "60Gi", mounts: [{ path: "/models" }] }),
  twin: { script: "infra/twins/vllm/main.ts", port: 8000 },
};
