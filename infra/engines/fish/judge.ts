import { applyRules, type Judgement, type Rule } from "../rule.ts";
import type { FishPlan } from "./plan.ts";

/** Every rule about Fish-Speech. */
export const fishRules: readonly Rule<FishPlan>[] = [
  {
    id: "fish/workers",
    severity: "error",
    source: "fish-speech#1143, fixed on 2026-03-23",
    check({ workers, version, release }) {
      if (workers === 1 || release.manyWorkers) return undefined;
      return {
        path: "workers",
        message: `only one of ${workers} workers of Fish-Speech ${version} survives startup`,
        remedy: "Set it to 1, and list the GPU once more in gpus for each further server.",
      };
    },
  },
  {
    id: "fish/workers-slow",
    severity: "warning",
    source: "fish-speech#917, #797",
    check({ workers, release }) {
      if (workers === 1 || !release.manyWorkers) return undefined;
      return {
        path: "workers",
        message: "Synthesize sends each server one request at a time, so its other workers stay idle",
        remedy: "Set it to 1, and list the GPU once more in gpus for each further server.",
      };
    },
  },
  {
    id: "fish/half",
    severity: "warning",
    source: "fish-speech tools/server/api_utils.py",
    check({ half, device }) {
      if (!half || device === "cpu") return undefined;
      return {
        path: "half",
        message: "float16 is for GPUs without bfloat16, those from before 2020",
        remedy: "Remove it, unless the GPU is one of those.",
      };
    },
  },
  {
    id: "fish/uncompiled",
    severity: "warning",
    source: "fish-speech docs/en/inference.md: 30 tokens per second, or 500 if compiled",
    check({ compile, device }) {
      if (compile || device !== "cuda") return undefined;
      return {
        path: "compile",
        message:
          "without compilation, a GPU takes 0.72 s for one second of speech: it serves one listener, and hardly catches up after a delay",
        remedy: "Set it to true; startup then takes minutes.",
      };
    },
  },
  {
    id: "fish/api-key",
    severity: "error",
    source: "fish-speech#910, fixed on 2025-03-18",
    check({ requireApiKey, version, release }) {
      if (!requireApiKey || release.apiKey === "guards") return undefined;
      const what = release.apiKey === "none" ? "has no key" : "accepts an API key but does not require it";
      return {
        path: "requireApiKey",
        message: `Fish-Speech ${version} ${what}`,
        remedy: "Remove it, or set version to 1.5.1.",
      };
    },
  },
  {
    id: "fish/api-key-health",
    severity: "warning",
    source: "fish-speech tools/api_server.py: the key is required for /v1/health too",
    check({ requireApiKey, release }) {
      if (!requireApiKey || release.apiKey !== "guards") return undefined;
      return {
        path: "requireApiKey",
        message: "if a key is required, the image's own health check always fails, since it sends none",
        remedy: "Use the health check of `render compose`, which only opens a connection.",
      };
    },
  },
  {
    id: "fish/ipv6",
    severity: "error",
    source: "fish-speech 7d74951, 2025-01-23",
    check({ listen, version, release }) {
      if (!listen.host.includes(":") || release.ipv6) return undefined;
      return {
        path: "host",
        message: `Fish-Speech ${version} cannot listen on an IPv6 address`,
        remedy: "Set it to 127.0.0.1, or version to 1.5.1.",
      };
    },
  },
  {
    id: "fish/decoder",
    severity: "error",
    source: "fish-speech tools/server/api_utils.py",
    check({ decoderConfigName, version, release }) {
      if (decoderConfigName === release.decoderConfigName) return undefined;
      return {
        path: "decoderConfigName",
        message: `Fish-Speech ${version} needs the decoder config ${release.decoderConfigName}`,
        remedy: "Remove it.",
      };
    },
  },
  {
    id: "fish/cards",
    severity: "error",
    source: "CUDA_VISIBLE_DEVICES: a process sees only the GPUs that it lists",
    check({ gpus, host, device }) {
      const beyond = gpus.find((gpu) => gpu >= host.gpuCount);
      if (beyond === undefined || device !== "cuda") return undefined;
      return {
        path: "gpus",
        message: `there is no GPU ${beyond}: the host has ${host.gpuCount}, numbered from 0`,
        remedy: `List only GPUs below ${host.gpuCount}, or correct engine.host.gpuCount.`,
      };
    },
  },
  {
    id: "fish/memory",
    severity: "error",
    source: "fish-speech docs/en/install.md; 22.5 GB measured for an idle S2 (Zotero-TTS#89)",
    check({ gpus, workers, host, version, release, device }) {
      const most = Math.max(...gpus.map((gpu) => gpus.filter((other) => other === gpu).length));
      const wanted = most * workers * release.memoryGib;
      if (device !== "cuda" || wanted <= host.gpuMemoryGib) return undefined;
      return {
        path: "gpus",
        message: `${most * workers} workers of Fish-Speech ${version} on one GPU need about ${wanted} GiB of its ${host.gpuMemoryGib} GiB`,
        remedy: "Run fewer workers on each GPU, or use a version of the model that takes less memory.",
      };
    },
  },
];

/** Returns the errors and warnings about a plan for Fish-Speech's servers, before they are started. */
export function judgeFish(plan: FishPlan): Judgement<FishPlan>[] {
  return applyRules(fishRules, plan, () => true);
}
