import { Command, CommanderError, Option } from "commander";
import { addConfigCommands } from "./config.ts";
import { addKeyCommand } from "./key.ts";
import type { ReadArguments } from "./reading.ts";
import { addRenderCommands } from "./render.ts";

const program = new Command("duet").description(
  "Tools for running and testing Duet. They need neither an engine nor a service.",
);
program.exitOverride();
// It is not an error if the program that reads our output stops early, as in `duet read … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

program
  .command("read")
  .summary("show how texts are cut into clauses and spoken")
  .description(
    "Reads texts from files, or from standard input, and prints, for each, the clauses as written and as spoken, and after how many characters of the text each was complete. " +
      'A line that starts with "{" is a JSON object {"id", "text", "lang"?, "question_lang"?}; any other line is a text by itself, and its id is the line\'s number.',
  )
  .argument("[files...]", "files to read, - for standard input", [])
  .option(
    "--language <tag>",
    "language of texts that name none: a BCP 47 tag such as zh, en or pt-BR (default: detected from the text)",
  )
  .addOption(new Option("--lang <tag>").hideHelp())
  .option("--question-language <tag>", "language of the question that the texts answer")
  .option("--lexicon <file>", "a file of pronunciations, as in synthesize.lexicon")
  .option("--whole", "take each file as one plain text, line breaks included")
  .option("--explain", "show the language of each clause, and which rule spelled out which part")
  .option("--json", "with --explain: print JSON")
  .addHelpText(
    "after",
    `
Prints one JSON object a line: {"id", "clauses": [{"text", "spoken", "readBy"}]}
With --explain --json each clause also has {"language", "because", "pieces": [{"written", "spoken", "start", "end", "by", "rule"?}]}

Examples:
  echo '室温25°C，湿度40~60%。' | npm run --silent duet -- read --explain
  echo '{"id": "a", "text": "It costs $5.", "lang": "en"}' | npm run --silent duet -- read
  npm run --silent duet -- read --whole answer.md`,
  )
  .action(async (files: string[], given: ReadArguments) => {
    const { readFiles } = await import("./reading.ts");
    await readFiles(files, given);
  });

addConfigCommands(program);
addRenderCommands(program);
addKeyCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  // Errors in the command line have already been printed by Commander.
  if (!(error instanceof CommanderError)) process.stderr.write(`duet: ${(error as Error).message}\n`);
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
