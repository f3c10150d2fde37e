import type { ProgramStart, SecretArgument } from "../shell.ts";
import type { FishPlan } from "./plan.ts";

/**
 * How to start one server: the program with its arguments, and its environment. The API key is in neither, and is not
 * visible in the process table.
 */
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

/** The command for a container whose image, like that of Fish-Speech's developers, does not start the server. */
export function fishImageCommand(plan: FishPlan): ProgramStart {
  return {
    env: {},
    args: [...program(plan), ...serverArgs(plan, "0.0.0.0:8080")],
    secretArgs: [],
  };
}

/**
 * Arguments and environment for an image whose entry point takes most options from the environment, but the API key
 * only as an argument.
 */
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
    // With COMPILE=1 the entry point drops the first argument and inserts `--compile` before the second, so a dummy is
    // put first.
    args: plan.compile && args.length + secretArgs(plan).length > 0 ? ["compile", ...args] : args,
    secretArgs: secretArgs(plan),
  };
}

/** The variable that contains the API key. */
export const keyVariable = "DUET_FISH_API_KEY";

/**
 * The command that starts the server. The server accepts its API key only as an argument, but anybody on the machine
 * can see the arguments that a process is started with: so a line of Python adds the key once the process runs.
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
