import type { Command } from "commander";
import { renderCompose } from "../deploy/compose.ts";
import { renderKubernetes, wholeCard } from "../deploy/kubernetes.ts";
import { fishCommand } from "../engines/fish/flags.ts";
import { shellCommand } from "../engines/shell.ts";
import { vllmCommand } from "../engines/vllm/flags.ts";
import { loadSound, targetArgument } from "./target.ts";

interface RenderOptions {
  image: string;
  gpuResource: string;
}

/** Adds `duet render …`. */
export function addRenderCommands(program: Command): void {
  const render = program
    .command("render")
    .summary("print what starts the engines, or everything")
    .description(
      "Prints what duet.yaml means to others. A config with an error is not rendered: its errors are told, and the exit code is 1.",
    );

  const command = (
    name: string,
    summary: string,
    action: (target: string | undefined, options: RenderOptions) => void,
  ) =>
    render
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .argument("[config]", targetArgument)
      .action(action);

  command("vllm", "the command line that starts vLLM", (target) => {
    const loaded = loadSound(target, process.env);
    const plan = loaded?.config.plan.vllm;
    if (plan === undefined) return fail(loaded, "engine.vllm");
    process.stdout.write(`${shellCommand(vllmCommand(plan))}\n`);
  });

  command("fish", "the command lines that start Fish-Speech, one for each server", (target) => {
    const loaded = loadSound(target, process.env);
    const plan = loaded?.config.plan.fish;
    if (plan === undefined) return fail(loaded, "engine.fish");
    for (const index of plan.gpus.keys()) process.stdout.write(`${shellCommand(fishCommand(plan, index))}\n`);
  });

  command("compose", "a compose file that starts everything", (target, { image }) => {
    const loaded = loadSound(target, process.env);
    if (loaded === undefined) return fail(loaded, "");
    process.stdout.write(renderCompose(loaded, image));
  }).option(...imageOption);

  command("k8s", "Kubernetes objects that run everything", (target, { image, gpuResource }) => {
    const loaded = loadSound(target, process.env);
    if (loaded === undefined) return fail(loaded, "");
    process.stdout.write(renderKubernetes(loaded, { image, gpuResource }));
  })
    .option(...imageOption)
    .option("--gpu-resource <name>", "what a card is asked for by", wholeCard);
}

const imageOption = ["--image <name>", "the image that holds Duet", "duet:latest"] as const;

function fail(loaded: object | undefined, part: string): void {
  process.exitCode = 1;
  if (loaded !== undefined)
    process.stderr.write(
      `duet render: the config has no ${part}: a stand-in takes its place, and nothing has to be started\n`,
    );
}
