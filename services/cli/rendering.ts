import type { LoadedConfig } from "../../infra/config/config.ts";
import { describedEngines } from "../../infra/config/described.ts";
import { secretVariable } from "../../infra/config/named/secret-variable.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";
import { shellCommand } from "../../infra/engines/shell.ts";
import { loadSound } from "./target.ts";

/** The command-line options of `duet render`. */
export interface RenderOptions {
  readonly image: string;
  readonly gpuResource: string;
  readonly observe?: boolean;
}

/**
 * Runs `duet render …`: prints the rendered files, or the problems, and sets the exit code. `what` is `compose`, `k8s`,
 * or the name of an engine.
 */
export function renderTarget(what: string, target: string | undefined, options: RenderOptions): void {
  const loaded = loadSound(target, process.env);
  const text = loaded && render(what, loaded, options);
  if (text !== undefined) process.stdout.write(text);
  else process.exitCode = 1;
}

function render(what: string, loaded: LoadedConfig, options: RenderOptions): string | undefined {
  switch (what) {
    case "compose":
      return renderCompose(loaded, options.image, options.observe);
    case "k8s":
      return renderKubernetes(loaded, options);
    default:
      return renderCommands(what, loaded);
  }
}

function renderCommands(name: string, loaded: LoadedConfig): string | undefined {
  const { config, given } = loaded;
  const found = describedEngines(config).find(({ engine }) => engine.name === name);
  if (found === undefined)
    process.stderr.write(
      `duet render: the config has no engine.${name}, so a stand-in is used and there is no engine to start\n`,
    );
  return found?.engine
    .commands(found.plan, given.has(`${name}.apiKey`) ? secretVariable(loaded, `${name}.apiKey`) : undefined)
    .map((command) => `${shellCommand(command)}\n`)
    .join("");
}
