import type { EngineServer, Storage } from "../container.ts";
import type { ProgramStart } from "../shell.ts";
import type { TranscribePlan } from "./plan.ts";

/** The share of GPU memory for a server, as vLLM expects it: a fraction of the whole GPU's memory, at most 0.95. */
function shareOf({ memoryGib, host }: TranscribePlan): number {
  return Math.min(0.95, memoryGib / host.gpuMemoryGib);
}

/** How to start one recognizer on a machine where its program is installed. */
export function transcribeCommand(plan: TranscribePlan, index: number): ProgramStart {
  const { start, model, listen, gpus, memoryGib, extraArgs } = plan;
  const share = shareOf(plan);
  return {
    env: memoryGib > 0 ? { CUDA_VISIBLE_DEVICES: String(gpus[index] ?? 0) } : {},
    args: [...start.command({ model, host: listen.host, port: listen.port + index, share }), ...extraArgs],
    secretArgs: [],
  };
}

/** A container for each recognizer, from the image of the recognizer's own project. */
export function transcribeContainers(plan: TranscribePlan): EngineServer[] {
  const { start, image, model, gpus, memoryGib, extraArgs } = plan;
  const share = shareOf(plan);
  return gpus.map((gpu, index) => ({
    name: `transcribe-${index}`,
    image,
    args: [...start.containerArgs({ model, host: "0.0.0.0", port: start.containerPort, share }), ...extraArgs],
    env: start.env,
    secrets: [],
    secretArgs: [],
    port: start.containerPort,
    gpus: memoryGib > 0 ? [gpu] : [],
    // The first start takes long, since the weights are downloaded then.
    startSeconds: 900,
    stopSeconds: 30,
  }));
}

/** A volume for the recognizers' weights, so that they are downloaded only once. */
export function transcribeStorage({ start }: TranscribePlan): Storage {
  return { name: "transcribe", size: "20Gi", mounts: [{ path: start.weights }] };
}
