import type { EngineServer, Storage } from "../container.ts";
import { fishContainer, fishImageCommand, keyVariable } from "./flags.ts";
import type { FishPlan } from "./plan.ts";

/** A container for each server, from Fish-Speech's own image. */
export function fishServers(plan: FishPlan): EngineServer[] {
  const whole = plan.release.imageKind === "whole";
  const { env, args, secretArgs } = whole ? fishImageCommand(plan) : fishContainer(plan);
  return plan.gpus.map((gpu, index) => ({
    name: `fish-${index}`,
    image: plan.image,
    // An image of the kind `whole` needs the complete command; any other image has an entry point, which needs only
    // arguments.
    ...(whole ? { command: args, args: [] } : { args }),
    env,
    secrets: plan.requireApiKey ? [{ variable: keyVariable, from: keyVariable, optional: false }] : [],
    secretArgs,
    port: 8080,
    gpus: plan.device === "cuda" ? [gpu] : [],
    // The server only listens after compilation, which has taken up to 480 s.
    startSeconds: plan.compile ? 900 : 300,
    stopSeconds: 60,
  }));
}

/** Storage for weights and voices. The image's user must be able to write voices, or the container exits at once. */
export function fishStorage({ referencesPath, release }: FishPlan): Storage {
  const whole = release.imageKind === "whole";
  const home = whole ? "/opt/fish-speech" : "/app";
  return {
    name: "voice",
    size: "20Gi",
    mounts: [
      whole
        ? { path: `${home}/checkpoints`, folder: "checkpoints", inImage: true }
        : { path: `${home}/checkpoints`, folder: "checkpoints", hostFolder: "./checkpoints" },
      {
        path: `${home}/references`,
        folder: "references",
        hostFolder: /^[./~]/.test(referencesPath) ? referencesPath : `./${referencesPath}`,
      },
    ],
    // The newer images do not run as root, so the group of their user must be able to write to the volume.
    ...(whole ? {} : { group: 1000 }),
  };
}
