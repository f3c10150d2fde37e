import { spawnSync } from "node:child_process";
import { delimiter, join, resolve } from "node:path";

/** The root of the tree. */
export const root = resolve(import.meta.dirname, "../..");

const bin = join(root, "node_modules/.bin");

/** What a tool said, and how it ended. */
export interface ToolResult {
  /** Its exit status. */
  status: number | null;
  /** What it wrote on standard output. */
  output: string;
  /** What it wrote on both, for people. */
  report: string;
}

/** Runs a tool, the project's own before the machine's, in the root of the tree. Throws if there is no such tool. */
export function runTool(name: string, ...args: string[]): ToolResult {
  const PATH = `${bin}${delimiter}${process.env.PATH}`;
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    cwd: root,
    env: { ...process.env, PATH },
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  if (error !== undefined) throw error;
  return { status, output: stdout, report: stdout + stderr };
}
