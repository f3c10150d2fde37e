import { readFileSync } from "node:fs";
import type { LoadedConfig } from "../../infra/config/config.ts";
import { originOf } from "../../infra/config/file/tree.ts";
import { judgeFiles } from "../../infra/config/named/files.ts";
import { type Problem, writeProblem } from "../../infra/config/problem.ts";
import { parseLexicon } from "../synthesize/text/spoken/lexicon/parse.ts";
import { countProblems, loadTarget } from "./target.ts";

/**
 * Runs `duet config check`: prints every problem of a config and of the files that the config names, as JSON if `json`.
 * Sets the exit code to 1 if there is an error or, if `strict`, any problem.
 */
export function checkConfig(target: string | undefined, { json, strict }: { json: boolean; strict: boolean }): void {
  const loaded = loadTarget(target, process.env);
  const problems = [...loaded.problems, ...judgeFiles(loaded), ...judgeLexicons(loaded)];
  for (const problem of problems) process.stdout.write(`${json ? JSON.stringify(problem) : writeProblem(problem)}\n`);
  if (!json) process.stdout.write(`${loaded.config.file ?? "no file"}: ${countProblems(problems)}\n`);
  if (problems.some(({ severity }) => strict || severity === "error")) process.exitCode = 1;
}

/**
 * The problems in the lexicon files that a config names (Synthesize's own and those of profiles), as read on this
 * machine.
 */
function judgeLexicons({ config, given, tree }: LoadedConfig): Problem[] {
  const { profiles, synthesize } = config.settings;
  const places: [path: string, file: string | undefined][] = [
    ["synthesize.lexicon", synthesize.lexicon],
    ...[...(profiles ?? [])].map(([id, { lexicon }]): [string, string | undefined] => [
      `profiles.${id}.lexicon`,
      lexicon,
    ]),
  ];
  return places.flatMap(([path, file]): Problem[] => {
    if (file === undefined) return [];
    try {
      parseLexicon(readFileSync(file, "utf8"));
      return [];
    } catch (error) {
      // A lexicon file that cannot be opened is not reported here, since `judgeFiles` reports it.
      if ((error as NodeJS.ErrnoException).code !== undefined) return [];
      const fault = `is not a valid lexicon: ${(error as Error).message}`;
      const origin = given.get(path.startsWith("profiles.") ? "profiles" : path)?.origin;
      return [
        {
          severity: "error",
          origin: origin !== undefined && "variable" in origin ? origin : originOf(tree, path),
          path,
          message: `${file}: ${fault}`,
          remedy: "Correct the file; docs/words.md describes its format.",
        },
      ];
    }
  });
}
