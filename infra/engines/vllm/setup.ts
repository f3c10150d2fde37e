import type { Setup } from "../record.ts";
import type { Rule } from "../rule.ts";
import type { VllmPlan } from "./plan.ts";
import type { vllmSettings } from "./settings.ts";

/** Rules about combinations of vLLM's config and Duet's settings. */
export const vllmSetupRules: readonly Rule<Setup<VllmPlan, typeof vllmSettings>>[] = [
  {
    id: "duet/served-name",
    severity: "error",
    source: "vllm/entrypoints/openai/models/serving.py: only served names are found",
    check({ own: { model: asked }, plan: { model } }) {
      if (asked === undefined || asked === model.servedName) return undefined;
      return {
        path: "vllm.model",
        message: `Generate asks for the model ${asked}, but vLLM serves ${model.servedName}: every request would fail with 404`,
        remedy: `Remove it, or set it to ${model.servedName}.`,
      };
    },
  },
  {
    id: "duet/tokens",
    severity: "error",
    source: "vLLM: max_tokens cannot be greater than max_model_len",
    check({ generate: { maxTokens: most }, plan: { context } }) {
      if (most === undefined || most < context.maxModelLen) return undefined;
      return {
        path: "generate.maxTokens",
        message: `an answer of ${most} tokens leaves no room for the question in a context of ${context.maxModelLen}`,
        remedy: `Set it well below ${context.maxModelLen}.`,
      };
    },
  },
  {
    id: "duet/in-flight",
    severity: "warning",
    source: "vllm/v1/core/sched/scheduler.py: requests beyond the batch wait in an unbounded queue",
    check({ generate: { maxInFlight: most }, plan: { batching, parallelism } }) {
      const places = batching.maxNumSeqs * parallelism.data;
      if (most === undefined || most <= places) return undefined;
      return {
        path: "generate.maxInFlight",
        message: `Generate sends up to ${most} requests, but vLLM answers only ${places} at once: the others wait in vLLM's queue`,
        remedy: `Set it to ${places} at most.`,
      };
    },
  },
  {
    id: "duet/vllm-port",
    severity: "warning",
    source: "Generate finds vLLM by its address",
    check({ own: { url }, plan: { server } }) {
      // Several servers on one host have different ports: it is enough if one of the URLs has this server's port.
      if (url === undefined || url.some((one) => portOf(one) === server.port)) return undefined;
      return {
        path: "vllm.url",
        message: `Generate connects to port ${url.map(portOf).join(", ")}, but vLLM listens on ${server.port}`,
        remedy: "Make them the same, unless something in between forwards the port.",
      };
    },
  },
];

const portOf = (url: string) => Number(new URL(url).port || (url.startsWith("https:") ? 443 : 80));
