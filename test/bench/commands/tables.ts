import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { toMarkdown } from "../report/markdown.ts";
import type { Report } from "../report/report.ts";

/** Adds `bench tables`. */
export function addTablesCommand(program: Command): void {
  program
    .command("tables <files...>")
    .summary("write reports that --json kept as Markdown, for docs/performance.md")
    .action((files: string[]) => {
      for (const file of files)
        process.stdout.write(`${toMarkdown(JSON.parse(readFileSync(file, "utf8")) as Report)}\n`);
    });
}
