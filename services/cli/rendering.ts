import type { Config, LoadedConfig } from "../../infra/config/load.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes.ts";
import { fishCommand } from "../../infra/engines/fish/flags.ts";
import { shellCommand } from "../../infra/engines/shell.ts";
import { vllmCommand } from "../../infra/engines/vllm/flags.ts";
import { loadSound } from "./target.ts";

/** Options of `duet render`. */
export interface RenderOptions {
  readonly image: string;
  readonly gpuResource: string;
}

/** `duet render …`: prints it, or tells why not and sets the exit code. */
export function renderTarget(
  what: "vllm" | "fish" | "compose" | "k8s",
  target: string | undefined,
  options: RenderOptions,
): void {
  const loaded = loadSound(target, process.env);
  const text = loaded && renderers[what](loaded, options);
  if (text !== undefined) process.stdout.write(text);
  else process.exitCode = 1;
}

const renderers = {
  vllm: ({ config }: LoadedConfig) => commands(config, "vllm", ({ vllm }) => vllm && [vllmCommand(vllm)]),
  fish: ({ config }: LoadedConfig) =>
    commands(config, "fish", ({ fish }) => fish?.gpus.map((_, index) => fishCommand(fish, index))),
  compose: (loaded: LoadedConfig, { image }: RenderOptions) => renderCompose(loaded, image),
  k8s: renderKubernetes,
};

function commands(
  { plan }: Config,
  part: string,
  commandsOf: (plan: Config["plan"]) => Parameters<typeof shellCommand>[0][] | undefined,
): string | undefined {
  const found = commandsOf(plan);
  if (found === undefined)
    process.stderr.write(
      `duet render: the config has no engine.${part}: a stand-in takes its place, and nothing has to be started\n`,
    );
  return found?.map((command) => `${shellCommand(command)}\n`).join("");
}
