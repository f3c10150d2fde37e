import type { EngineServer } from "../container.ts";
import { vllmArgs } from "./flags.ts";
import type { VllmPlan } from "./plan.ts";

/** The container of a vLLM server, from vLLM's own image. */
export function vllmServer(plan: VllmPlan): EngineServer {
  return {
    name: "vllm",
    image: plan.server.image,
    // The server must be reachable within the container network; its port is not published.
    args: vllmArgs({ ...plan, server: { ...plan.server, host: "0.0.0.0" } }),
    env: { HF_HOME: "/models" },
    secrets: [
      { variable: "VLLM_API_KEY", from: "DUET_VLLM_API_KEY", optional: true },
      { variable: "HF_TOKEN", from: "HF_TOKEN", optional: true },
    ],
    secretArgs: [],
    port: plan.server.port,
    gpus: plan.gpus,
    startSeconds: 1200,
    stopSeconds: plan.server.shutdownTimeoutSeconds + 10,
  };
}
