import type { EngineServer, Storage } from "../container.ts";
import type { ProgramStart } from "../shell.ts";
import type { SpeechPlan } from "./plan.ts";

/** How to start one speech server on a machine where its program is installed. */
export function speechCommand(
  { start, model, listen, gpus, memoryGib, extraArgs }: SpeechPlan,
  index: number,
): ProgramStart {
  return {
    env: memoryGib > 0 ? { CUDA_VISIBLE_DEVICES: String(gpus[index] ?? 0) } : {},
    args: [...start.command({ model, host: listen.host, port: listen.port + index }), ...extraArgs],
    secretArgs: [],
  };
}

/** A container for each speech server, from the image of the server's own project. */
export function speechContainers({ start, image, model, gpus, memoryGib, extraArgs }: SpeechPlan): EngineServer[] {
  return gpus.map((gpu, index) => ({
    name: `speech-${index}`,
    image,
    args: [...start.containerArgs({ model, host: "0.0.0.0", port: start.containerPort }), ...extraArgs],
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

/** A volume for the servers' weights, so that they are downloaded only once. */
export function speechStorage({ start }: SpeechPlan): Storage {
  return { name: "speech", size: "40Gi", mounts: [{ path: start.weights }] };
}
