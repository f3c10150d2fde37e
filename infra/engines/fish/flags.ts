import type { ProgramStart, SecretArgument } from "../shell.ts";
import type { FishPlan } from "./plan.ts";

/** How one server is started: the program with its arguments, and what its environment needs. The key is in neither, nor in the process table. */
export function fishCommand(plan: FishPlan, index: number): ProgramStart {
  const { listen } = plan;
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return {
    env: plan.device === "cuda" ? { CUDA_VISIBLE_DEVICES: String(plan.gpus[index] ?? 0) } : {},
    args: [...program(plan), ...serverArgs(plan, `${host}:${listen.port + index}`)],
    secretArgs: [],
    ...(plan.requireApiKey && { secretEnv: { [keyVariable]: keyVariable } }),
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
    args: [...program(plan), ...serverArgs(plan, "0.0.0.0:8080")],
    secretArgs: [],
  };
}

/** Arguments for an image whose entry point makes the others from its environment, and takes the key from nowhere but an argument. */
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

/** The variable that holds the key. */
export const keyVariable = "DUET_FISH_API_KEY";

/**
 * What starts the server. It takes its key from an argument alone, and whoever is on the machine can read what a process was started with: so a
 * line of Python adds the argument once the process runs.
 */
function program({ requireApiKey, release }: FishPlan): readonly string[] {
  if (!requireApiKey) return release.command;
  const [python = "python", ...started] = release.command;
  const [script = ""] = started.slice(-1);
  const run =
    started[0] === "-m"
      ? `run_module("${script}", run_name="__main__", alter_sys=True)`
      : `run_path("${script}", run_name="__main__")`;
  const addKey = `sys.argv += ["--api-key", os.environ["${keyVariable}"]]`;
  return [python, "-c", `import os, runpy, sys; ${addKey}; runpy.${run}`];
}

function secretArgs({ requireApiKey }: FishPlan): SecretArgument[] {
  return requireApiKey ? [{ flag: "--api-key", variable: keyVariable }] : [];
}

function further(plan: FishPlan): string[] {
  return [
    ...(plan.workers > 1 ? ["--workers", String(plan.workers)] : []),
    ...(plan.maxTextLength > 0 ? ["--max-text-length", String(plan.maxTextLength)] : []),
  ];
}
