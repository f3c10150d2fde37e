import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { nameOf } from "../config/declared.ts";

/** The command-line arguments of `npm start`. */
export interface LaunchArguments {
  /** Whether to print the help. */
  help: boolean;
  /** The path of the model file to answer with; undefined if none is given. */
  modelFile: string | undefined;
}

/** Parses the command line. Throws an Error that says what to do if an argument is invalid or contradicts a setting. */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): LaunchArguments {
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { help: { type: "boolean", short: "h" }, model: { type: "string" } },
  });
  const unknown = tokens.filter((token) => token.kind !== "option" || !["help", "model"].includes(token.name));
  if (unknown.length > 0)
    throw new Error(
      `npm start does not understand ${args.join(" ")}: settings are environment variables; see npm start -- --help`,
    );
  const options = tokens.filter((token) => token.kind === "option");
  const model = options.findLast(({ name }) => name === "model");
  if (model !== undefined && !model.value) throw new Error("--model needs the path of a model file: --model FILE.gguf");
  for (const name of [nameOf("vllm.url"), nameOf("vllm.model")])
    if (model !== undefined && env[name])
      throw new Error(`--model and ${name} both choose a model: leave out --model, or unset ${name}`);
  return {
    help: options.some(({ name }) => name === "help"),
    // npm runs this script in the root of the source tree, and passes the user's working directory in INIT_CWD.
    modelFile: model?.value === undefined ? undefined : resolve(env.INIT_CWD ?? "", model.value),
  };
}
