import type { ProgramStart, SecretArgument } from "../shell.ts";
import type { FishPlan } from "./plan.ts";

/** How one server is started: the program with its arguments, and what its environment needs. The key is not among them. */
export function fishCommand(plan: FishPlan, index: number): ProgramStart {
  const { listen, release } = plan;
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return {
    env: plan.device === "cuda" ? { CUDA_VISIBLE_DEVICES: String(plan.gpus[index] ?? 0) } : {},
    args: [...release.command, ...serverArgs(plan, `${host}:${listen.port + index}`)],
    secretArgs: secretArgs(plan),
  };
}

function serverArgs(plan: FishPlan, listen: string): string[] {
  return [
    "--listen",
    listen,
    "--device",
    plan.device,
    "--llama-checkpoint-path",
    plan.llamaCheckpointPath,
    "--decoder-checkpoint-path",
    plan.decoderCheckpointPath,
    "--decoder-config-name",
    plan.decoderConfigName,
    ...(plan.half ? ["--half"] : []),
    ...(plan.compile ? ["--compile"] : []),
    ...further(plan),
  ];
}

/** Arguments for an image that has to be told to start the server, as its makers start it. */
export function fishImageCommand(plan: FishPlan): ProgramStart {
  return {
    env: {},
    args: [...plan.release.command, ...serverArgs(plan, "0.0.0.0:8080")],
    secretArgs: secretArgs(plan),
  };
}

/** Arguments for an image whose entry point makes the others from its environment. */
export function fishContainer(plan: FishPlan): ProgramStart {
  const args = [...(plan.half ? ["--half"] : []), ...further(plan)];
  return {
    env: {
      BACKEND: plan.device === "cpu" ? "cpu" : "cuda",
      COMPILE: plan.compile ? "1" : "0",
      LLAMA_CHECKPOINT_PATH: plan.llamaCheckpointPath,
      DECODER_CHECKPOINT_PATH: plan.decoderCheckpointPath,
      DECODER_CONFIG_NAME: plan.decoderConfigName,
      API_SERVER_NAME: "0.0.0.0",
      API_SERVER_PORT: "8080",
    },
    // With COMPILE=1 the entry point swallows the first argument and puts `--compile` before the second: this one is for it.
    args: plan.compile && args.length + secretArgs(plan).length > 0 ? ["compile", ...args] : args,
    secretArgs: secretArgs(plan),
  };
}

function secretArgs({ requireApiKey }: FishPlan): SecretArgument[] {
  return requireApiKey ? [{ flag: "--api-key", variable: "DUET_FISH_API_KEY" }] : [];
}

function further(plan: FishPlan): string[] {
  return [
    ...(plan.workers > 1 ? ["--workers", String(plan.workers)] : []),
    ...(plan.maxTextLength > 0 ? ["--max-text-length", String(plan.maxTextLength)] : []),
  ];
}
