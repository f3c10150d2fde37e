import { applyRules, type Judgement, type Rule } from "../engines/rule.ts";
import type { Config } from "./load.ts";

const portOf = (url: string) => Number(new URL(url).port || (url.startsWith("https:") ? 443 : 80));

/** Rules about settings and engines together. Their paths are those of the file. */
export const togetherRules: readonly Rule<Config>[] = [
  {
    id: "duet/served-name",
    severity: "error",
    source: "vllm/entrypoints/openai/models/serving.py: only served names are found",
    check({ settings: { DUET_VLLM_MODEL: asked }, plan: { vllm } }) {
      if (asked === undefined || vllm === undefined || asked === vllm.model.servedName) return undefined;
      return {
        path: "vllm.model",
        message: `Generate asks for ${asked}, and vLLM serves ${vllm.model.servedName}: every answer would fail with 404`,
        remedy: `Remove it, or set it to ${vllm.model.servedName}.`,
      };
    },
  },
  {
    id: "duet/fish-mode",
    severity: "error",
    source: "the wire differs between versions of Fish-Speech",
    check({ settings: { DUET_FISH_MODE: mode }, plan: { fish } }) {
      if (fish === undefined || mode === undefined || fish.version === mode || fish.version.startsWith(`${mode}.`))
        return undefined;
      const right = fish.version.startsWith("1.4") ? "1.4" : fish.version;
      return {
        path: "fish.mode",
        message: `Synthesize speaks to Fish-Speech as ${mode}, and ${fish.version} is what runs`,
        remedy: `Set it to ${right}.`,
      };
    },
  },
  {
    id: "duet/fish-servers",
    severity: "warning",
    source: "each server speaks one text at a time: what is not named stays idle",
    check({ settings: { DUET_FISH_URL: urls }, plan: { fish } }) {
      if (fish === undefined || urls === undefined || urls.length === fish.gpus.length) return undefined;
      return {
        path: "fish.url",
        message: `${urls.length} servers are named, and engine.fish.gpus starts ${fish.gpus.length}`,
        remedy: "Name each of them once.",
      };
    },
  },
  {
    id: "duet/text-length",
    severity: "error",
    source: "fish-speech tools/server/views.py: Text is too long",
    check({ settings: { DUET_SEGMENT_MAX_CHARACTERS: most }, plan: { fish } }) {
      if (fish === undefined || most === undefined || fish.maxTextLength === 0 || fish.maxTextLength >= 2 * most)
        return undefined;
      return {
        path: "engine.fish.maxTextLength",
        message: `segments of ${most} written characters, longer when spoken, would be refused beyond ${fish.maxTextLength}`,
        remedy: `Set it to 0, or to ${2 * most} and more.`,
      };
    },
  },
  {
    id: "duet/tokens",
    severity: "error",
    source: "vLLM: max_tokens cannot be greater than max_model_len",
    check({ settings: { DUET_MAX_TOKENS: most }, plan: { vllm } }) {
      if (vllm === undefined || most === undefined || most < vllm.context.maxModelLen) return undefined;
      return {
        path: "maxTokens",
        message: `an answer of ${most} tokens leaves no place for a question in a context of ${vllm.context.maxModelLen}`,
        remedy: `Set it well below ${vllm.context.maxModelLen}.`,
      };
    },
  },
  {
    id: "duet/in-flight",
    severity: "warning",
    source: "vllm/v1/core/sched/scheduler.py: what is beyond the batch waits, unbounded and unseen",
    check({ settings: { DUET_GENERATE_MAX_IN_FLIGHT: most }, plan: { vllm } }) {
      const places = vllm === undefined ? undefined : vllm.batching.maxNumSeqs * vllm.parallelism.data;
      if (places === undefined || most === undefined || most <= places) return undefined;
      return {
        path: "generate.maxInFlight",
        message: `Generate sends up to ${most} answers, and vLLM writes ${places} at once: the others wait inside of it`,
        remedy: `Set it to ${places} at most.`,
      };
    },
  },
  {
    id: "duet/same-card",
    severity: "error",
    source: "vllm/config/cache.py gpu_memory_utilization: vLLM takes its share at its start",
    check({ plan: { vllm, fish, host } }) {
      const shared = fish?.gpus.find((gpu) => vllm?.gpus.includes(gpu));
      if (shared === undefined || fish === undefined || vllm === undefined || fish.device !== "cuda") return undefined;
      const servers = fish.gpus.filter((gpu) => gpu === shared).length;
      const left = host.gpuMemoryGib * (1 - vllm.cache.gpuMemoryUtilization);
      const wanted = servers * fish.workers * fish.release.memoryGib;
      if (wanted <= left) return undefined;
      const share = Math.floor((1 - wanted / host.gpuMemoryGib) * 100 - 2) / 100;
      return {
        path: "engine.fish.gpus",
        message: `card ${shared} is vLLM's too: ${left.toFixed(1)} GiB are left, and Fish-Speech needs about ${wanted}`,
        remedy:
          share > 0.3
            ? `Name other cards, or set engine.vllm.cache.gpuMemoryUtilization to ${share}.`
            : "Name other cards.",
      };
    },
  },
  {
    id: "duet/ports",
    severity: "error",
    source: "two servers cannot listen at one port",
    check({ settings, plan: { vllm, fish } }) {
      const {
        DUET_LISTEN,
        DUET_GENERATE_LISTEN,
        DUET_SYNTHESIZE_LISTEN,
        DUET_GENERATE_ADMIN_LISTEN,
        DUET_SYNTHESIZE_ADMIN_LISTEN,
      } = settings;
      const taken: [path: string, port: number | undefined][] = [
        ["listen", DUET_LISTEN?.port],
        ["generate.listen", DUET_GENERATE_LISTEN?.port],
        ["generate.adminListen", DUET_GENERATE_ADMIN_LISTEN?.port],
        ["synthesize.listen", DUET_SYNTHESIZE_LISTEN?.port],
        ["synthesize.adminListen", DUET_SYNTHESIZE_ADMIN_LISTEN?.port],
        ["engine.vllm.server.port", vllm?.server.port],
        ...(fish?.gpus ?? []).map((_, index): [string, number] => [
          "engine.fish.port",
          (fish?.listen.port ?? 0) + index,
        ]),
      ];
      const ports = taken.filter(([, port]) => port !== undefined && port !== 0);
      for (const [index, [path, port]] of ports.entries()) {
        const other = ports.slice(0, index).find(([, earlier]) => earlier === port);
        if (other !== undefined)
          return { path, message: `port ${port} is that of ${other[0]} too`, remedy: "Give one of them another port." };
      }
      return undefined;
    },
  },
  {
    id: "duet/vllm-port",
    severity: "warning",
    source: "Generate finds vLLM by its address",
    check({ settings: { DUET_VLLM_URL: url }, plan: { vllm } }) {
      // Several servers on one host listen at several ports.
      if (url === undefined || vllm === undefined || url.some((one) => portOf(one) === vllm.server.port))
        return undefined;
      return {
        path: "vllm.url",
        message: `Generate asks at port ${url.map(portOf).join(", ")}, and vLLM listens at ${vllm.server.port}`,
        remedy: "Make them the same, unless something between them translates.",
      };
    },
  },
];

/** What does not fit together between settings and engines. */
export function judgeTogether(config: Config): Judgement<Config>[] {
  return applyRules(togetherRules, config, () => true);
}
