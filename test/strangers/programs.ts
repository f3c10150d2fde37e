import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** The root of the repository: programs run there. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const venv = "examples/python/.venv";

/** The environment of Python that the example's README makes. */
export const python = `${venv}/bin/python`;

/** Why tests in Python cannot run here; false if they can. */
export const withoutPython =
  spawnSync(python, ["-c", "import grpc_tools, grpc_reflection"], { cwd: root }).status !== 0 &&
  `${venv} lacks what test/strangers/requirements.txt lists: see CONTRIBUTING.md`;

/** Whether a program is on the path. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["-version"]).status === 0;
}

/** What a program that has ended leaves. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly complaints: string;
}

const limitMs = 60_000;

/** Runs a program to its end, `input` on its standard input. The Python of the example is first on its path. */
export async function run(program: string, args: readonly string[], input = "", timeoutMs = limitMs): Promise<Run> {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, PATH: `${root}${venv}/bin:${root}node_modules/.bin:${process.env.PATH}` },
    timeout: timeoutMs,
  });
  child.stdin.end(input);
  const [status, output, complaints] = await Promise.all([
    new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve)),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, output, complaints };
}
