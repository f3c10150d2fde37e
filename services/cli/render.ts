import type { Command } from "commander";
import { allEngines } from "../../infra/engines/registry.ts";
import { targetArgument } from "./argument.ts";
import type { RenderOptions } from "./rendering.ts";

/** Adds the `duet render …` commands. */
export function addRenderCommands(program: Command): void {
  const render = program
    .command("render")
    .summary("print the commands or files that start the engines, or all of Duet")
    .description(
      "Prints duet.yaml in the form that other programs read. A config with an error is not rendered: the errors are printed, and the exit code is 1.",
    );

  const command = (name: string, summary: string) =>
    render
      .command(name)
      .summary(summary)
      .description(`Prints ${summary}.`)
      .argument("[config]", targetArgument)
      .action(async (target: string | undefined, options: RenderOptions) => {
        const { renderTarget } = await import("./rendering.ts");
        renderTarget(name, target, options);
      });
  const observe = ["--observe", "also start Prometheus, Grafana and Jaeger to monitor Duet"] as const;
  const image = ["--image <name>", "the name of Duet's container image", "duet:latest"] as const;

  for (const { name, renders } of allEngines) command(name, renders);
  command("compose", "a compose file that starts everything")
    .option(...image)
    .option(...observe)
    .addHelpText(
      "after",
      "\nExample:\n  npm run --silent duet -- render compose 4x4090d-voice | docker compose -f - up",
    );
  command("k8s", "Kubernetes objects that run everything")
    .option(...image)
    .option(...observe)
    .option("--gpu-resource <name>", "the name of the Kubernetes resource that stands for GPUs", "nvidia.com/gpu")
    .addHelpText(
      "after",
      "\nExample:\n  npm run --silent duet -- render k8s 4x4090d-voice --observe | kubectl apply -f -",
    );
}
