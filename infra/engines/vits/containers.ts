import type { EngineServer, Storage } from "../container.ts";
import type { ProgramStart } from "../shell.ts";
import type { VitsPlan } from "./plan.ts";

/**
 * The command of vits-simple-api's image, but with a longer timeout than gunicorn's 30 s: a worker that takes longer is
 * killed, and its response is lost. There is one worker with one thread: the models are kept in the process, and
 * concurrent texts would only slow each other down.
 */
const gunicorn = (address: string) => ["gunicorn", "--bind", address, "--workers", "1", "--timeout", "120", "app:app"];

/** How to start one server from the folder in which vits-simple-api is installed. */
export function vitsCommand({ listen, gpus, device }: VitsPlan, index: number): ProgramStart {
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return {
    env: { CUDA_VISIBLE_DEVICES: device === "cuda" ? String(gpus[index] ?? 0) : "" },
    args: gunicorn(`${host}:${listen.port + index}`),
    secretArgs: [],
  };
}

/** A container for each server, from vits-simple-api's own image. */
export function vitsContainers({ image, gpus, device }: VitsPlan): EngineServer[] {
  return gpus.map((gpu, index) => ({
    name: `vits-${index}`,
    image,
    args: gunicorn("0.0.0.0:23456"),
    env: { LANG: "C.UTF-8" },
    secrets: [],
    secretArgs: [],
    port: 23_456,
    gpus: device === "cuda" ? [gpu] : [],
    startSeconds: 300,
    stopSeconds: 30,
  }));
}

/** The storage for the server's models, which must be provided manually. */
export function vitsStorage({ dataPath }: VitsPlan): Storage {
  const hostFolder = /^[./~]/.test(dataPath) ? dataPath : `./${dataPath}`;
  return { name: "vits", size: "20Gi", mounts: [{ path: "/app/data", hostFolder }] };
}
