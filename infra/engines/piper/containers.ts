import type { EngineServer, Storage } from "../container.ts";
import { type ProgramStart, shellCommand } from "../shell.ts";
import type { PiperPlan } from "./plan.ts";

/** The version of Piper that containers install: the one whose API was examined. */
const version = "1.8.0";
/** The folder inside the container for voices. */
const voices = "/voices";

function server({ voice, device, extraArgs }: PiperPlan, at: { host: string; port: number; voices: string }) {
  const where = ["--model", voice, "--data-dir", at.voices, "--host", at.host, "--port", `${at.port}`];
  return [
    ..."python -m piper.http_server".split(" "),
    ...where,
    ...(device === "cuda" ? ["--cuda"] : []),
    ...extraArgs,
  ];
}

/** How to start one Piper server on a machine where Piper is installed. */
export function piperCommand(plan: PiperPlan, index: number): ProgramStart {
  const { listen, gpus, device, voicesPath } = plan;
  return {
    env: device === "cuda" ? { CUDA_VISIBLE_DEVICES: String(gpus[index] ?? 0) } : {},
    args: server(plan, { host: listen.host, port: listen.port + index, voices: voicesPath }),
    secretArgs: [],
  };
}

/**
 * A container for each server. There is no image of Piper: the container installs Piper, and downloads a missing voice.
 */
export function piperContainers(plan: PiperPlan): EngineServer[] {
  const start = (args: readonly string[]) => shellCommand({ env: {}, args, secretArgs: [] }).replaceAll(" \\\n  ", " ");
  const isFile = plan.voice.endsWith(".onnx");
  const steps = [
    start(["pip", "install", "--no-cache-dir", `piper-tts[http]==${version}`]),
    ...(plan.device === "cuda" ? [start(["pip", "install", "--no-cache-dir", "onnxruntime-gpu<2"])] : []),
    ...(isFile ? [] : [start(["python", "-m", "piper.download_voices", "--data-dir", voices, plan.voice])]),
    `exec ${start(server(plan, { host: "0.0.0.0", port: 5000, voices }))}`,
  ];
  return plan.gpus.map((gpu, index) => ({
    name: `piper-${index}`,
    image: plan.image,
    args: ["sh", "-c", steps.join(" && ")],
    env: {},
    secrets: [],
    secretArgs: [],
    port: 5000,
    gpus: plan.device === "cuda" ? [gpu] : [],
    startSeconds: 300,
    stopSeconds: 10,
  }));
}

/** The storage for Piper's voices, which the server downloads if they are missing. */
export function piperStorage({ voicesPath }: PiperPlan): Storage {
  const hostFolder = /^[./~]/.test(voicesPath) ? voicesPath : `./${voicesPath}`;
  return { name: "piper", size: "2Gi", mounts: [{ path: voices, hostFolder }] };
}
