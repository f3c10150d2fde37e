/**
 * The side-by-side bench: several ways to serve the same turns, before the same engines, under the same load. See
 * docs/performance.md.
 *
 *     npm run bench -- seed-table --quick --json out.json --html out.html
 */
import { writeFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { type RunFlags, scenarioOf } from "./commands/flags.ts";
import { addProfileCommand } from "./commands/profile.ts";
import { runnersOf } from "./commands/runners.ts";
import { addTablesCommand } from "./commands/tables.ts";
import { ownReplies } from "./replies.ts";
import { toHtml } from "./report/page/html.ts";
import { cellLine, toTerminal } from "./report/terminal.ts";
import { runScenario } from "./run.ts";
import { scenarios } from "./scenarios/scenarios.ts";

const program = new Command("bench").description("Runs Duet and other ways to serve the same turns side by side.");
program.exitOverride();
const write = (line: string) => process.stdout.write(`${line}\n`);

program
  .command("run [scenario]", { isDefault: true })
  .summary("run a scenario: npm run bench -- seed-table")
  .description(
    `Runs a scenario and prints its tables. Scenarios:\n${Object.values(scenarios)
      .map(({ name, about }) => `  ${name.padEnd(12)}${about}`)
      .join("\n")}`,
  )
  .option("--quick", "three sides, one calibration, 1, 10 and 50 users, 18 s a cell")
  .option("--json <file>", "write the report, for `tables` and for programs")
  .option("--html <file>", "write the report as one page with plots")
  .option("--replies <file>", "replies for the model to write, as in test/bench/replies.tsv", ownReplies)
  .option("--calibrations <names>", "engines to stand before, comma-separated")
  .option("--sides <names>", "sides to run, comma-separated")
  .option("--users <counts>", "users of a closed load, comma-separated")
  .option("--open <rates>", "turns a second of an open load, comma-separated, instead of users")
  .option("--think <seconds>", "how long users think on average")
  .option("--seconds <count>", "how long a cell takes at most: warm-up, what counts, and drain")
  .option("--repeats <count>", "how often each cell is run")
  .option("--gzip", "Duet's callers take compressed messages, as Connect's client for Node does by itself")
  .option("--virtual", "in virtual time alone: seconds instead of minutes, and no processes to measure")
  .option("--seed <number>", "of replies, think times and moments", "1")
  .option("--profile <folder>", "write a CPU profile of each of the sides' processes there")
  .action(async (name: string | undefined, flags: RunFlags) => {
    const scenario = scenarioOf(name ?? "seed-table", flags);
    const seed = Number(flags.seed);
    const report = await runScenario({
      scenario,
      repliesFile: flags.replies,
      seed,
      runners: runnersOf(flags, seed),
      command: ["npm run bench --", ...process.argv.slice(2)].join(" "),
      onCell: (cell, done, all) => write(`${`${done}/${all}`.padEnd(8)}${cellLine(cell)}`),
    });
    write(`\n${toTerminal(report)}`);
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(report, undefined, 1)}\n`);
    if (flags.html !== undefined) writeFileSync(flags.html, toHtml(report));
    const invalid = report.cells.filter((cell) => cell.invalid.length > 0).length;
    if (invalid > 0) write(`\n${invalid} of ${report.cells.length} cells are not valid: see above.`);
  });

addTablesCommand(program);
addProfileCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  // A command that is wrong has told so itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`bench: ${(error as Error).message}\n`);
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
