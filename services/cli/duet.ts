import { createInterface } from "node:readline";
import { Command, CommanderError } from "commander";
import { addConfigCommands } from "./config.ts";
import { addRenderCommands } from "./render.ts";

const program = new Command("duet").description(
  "Tools for who runs and tests Duet. No engine and no service is needed.",
);
program.exitOverride();

program
  .command("read")
  .summary("show how texts are cut into clauses and spoken")
  .description(
    "Reads texts from standard input and prints, for each, the clauses as written and as spoken, and after how many characters of the text each was complete. " +
      'A line that starts with "{" is a JSON object {"id", "text", "lang"?}; any other line is a text by itself, its id is the line\'s number.',
  )
  .option("--lang <tag>", "language of texts that name none, such as zh or en; without it the text decides")
  .option("--whole", "take all of standard input as one plain text, line breaks included")
  .addHelpText(
    "after",
    `
Prints one JSON object a line: {"id", "clauses": [{"text", "spoken", "readBy"}]}

Examples:
  echo '室温25°C，湿度40~60%。' | npm run --silent duet -- read
  echo '{"id": "a", "text": "It costs $5.", "lang": "en"}' | npm run --silent duet -- read
  npm run --silent duet -- read --whole < answer.md`,
  )
  .action(async ({ lang, whole }: { lang?: string; whole?: boolean }) => {
    const { readLines, readText } = await import("./read.ts");
    const write = (line: string) => process.stdout.write(line);
    if (whole) {
      let text = "";
      for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
      const clauses = readText(text, lang === undefined ? {} : { language: lang });
      write(`${JSON.stringify({ id: "1", clauses })}\n`);
      return;
    }
    const fail = (message: string) => {
      process.exitCode = 1;
      process.stderr.write(`duet read: ${message}\n`);
    };
    await readLines(createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }), {
      lang,
      write,
      fail,
    });
  });

addConfigCommands(program);
addRenderCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  // A command that is wrong has told so itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`duet: ${(error as Error).message}\n`);
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
}
