import type { EngineServer, Storage } from "../container.ts";
import { fishContainer } from "./flags.ts";
import type { FishPlan } from "./plan.ts";

/** A container for each server, from its makers' image. */
export function fishServers(plan: FishPlan): EngineServer[] {
  const { env, args, secretArgs } = fishContainer(plan);
  return plan.gpus.map((gpu, index) => ({
    name: `fish-${index}`,
    image: plan.image,
    args,
    env,
    secrets: secretArgs.map(({ variable }) => ({ variable, from: variable, optional: false })),
    secretArgs,
    port: 8080,
    gpus: plan.device === "cuda" ? [gpu] : [],
    // It listens once it is compiled: 480 s were seen.
    startSeconds: plan.compile ? 900 : 300,
    stopSeconds: 60,
  }));
}

/** Weights and voices. The voices must be writable by the image's user, or the container ends at once. */
export function fishStorage({ referencesPath }: FishPlan): Storage {
  return {
    name: "voice",
    size: "20Gi",
    mounts: [
      { path: "/app/checkpoints", folder: "checkpoints", hostFolder: "./checkpoints" },
      {
        path: "/app/references",
        folder: "references",
        hostFolder: /^[./~]/.test(referencesPath) ? referencesPath : `./${referencesPath}`,
      },
    ],
    group: 1000,
  };
}
