import type { Command } from "commander";
import { targetArgument } from "./argument.ts";

/** Adds the `duet config …` commands. */
export function addConfigCommands(program: Command): void {
  const config = program
    .command("config")
    .summary("check and show duet.yaml, the file that holds the settings of all processes")
    .description(
      "duet.yaml holds the settings of all processes and what the engines are started with. Environment variables override " +
        "it: their names are DUET_ and the setting's path in capitals, such as DUET_VLLM_URL for vllm.url. docs/config.md lists everything.",
    );

  config
    .command("check")
    .summary("report everything that is wrong with a config before anything is started")
    .description(
      "Reads the config as the processes would, and checks the rules that engines enforce when they start, and rules that " +
        "can be broken without any error. Prints all problems at once: place, path, what is wrong, and what to do.",
    )
    .argument("[config]", targetArgument)
    .option("--json", "print one JSON object for each problem")
    .option("--strict", "treat warnings as errors")
    .addHelpText(
      "after",
      `
Exit code: 0 if there is no error, 1 if there is one, 2 if the command itself is wrong.

Examples:
  npm run --silent duet -- config check
  npm run --silent duet -- config check 4x4090d-voice
  DUET_ENGINE_VLLM_PARALLELISM_TENSOR=3 npm run --silent duet -- config check 4x4090d-voice`,
    )
    .action(async (target: string | undefined, options: { json?: boolean; strict?: boolean }) => {
      const { checkConfig } = await import("./check.ts");
      checkConfig(target, { json: options.json === true, strict: options.strict === true });
    });

  config
    .command("show")
    .summary("print the whole effective config, and how GPU memory is used")
    .description(
      "Prints every value and where it comes from, defaults included, as YAML that Duet can read; and an estimate of " +
        "what vLLM keeps in GPU memory, and how many conversations of what length fit in. Secrets are named, never shown.",
    )
    .argument("[config]", targetArgument)
    .action(async (target: string | undefined) => {
      const { showTarget } = await import("./show.ts");
      showTarget(target);
    });

  config
    .command("profiles")
    .summary("list the configs that come with Duet")
    .action(async () => {
      const { listProfiles } = await import("../../infra/config/profiles.ts");
      for (const { name, file, about } of listProfiles()) process.stdout.write(`${name}\n    ${about}\n    ${file}\n`);
    });
}
