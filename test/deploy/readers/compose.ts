import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderCompose } from "../../../infra/deploy/compose.ts";
import { build } from "../../support/go.ts";
import { type Any, load } from "../renderings.ts";
import { cache } from "./cache.ts";
import { awkward, configs, observed } from "./configs.ts";

/**
 * Has every config read as a compose file by the library of compose itself. Throws what it refuses, and what it warns
 * of.
 */
export function checkCompose(): void {
  const reader = build(join(import.meta.dirname, "compose"), ".", cache);
  const folder = mkdtempSync(join(tmpdir(), "duet-compose-"));
  const read = (text: string, variables: Record<string, string> = {}) => {
    const file = join(folder, "compose.yaml");
    writeFileSync(file, text);
    const env = { PATH: process.env.PATH, HOME: folder, ...variables };
    const { status, stdout, stderr } = spawnSync(reader, [file], { env, encoding: "utf8", maxBuffer: 2 ** 26 });
    return { status, services: status === 0 ? (JSON.parse(stdout).services as Any) : {}, said: stderr };
  };
  try {
    let services = 0;
    for (const [name, config] of Object.entries(configs)) {
      const text = renderCompose(load(config), "duet:latest", observed.has(name));
      const needed = [...text.matchAll(/(?<!\$)\$\{(\w+):\?/g)].map(([, variable]) => variable as string);
      const found = read(text, Object.fromEntries(needed.map((variable) => [variable, "set"])));
      if (found.status !== 0) throw new Error(`compose, ${name}: ${found.said}`);
      if (needed.length > 0 && read(text).status === 0)
        throw new Error(`compose, ${name}: it starts without ${needed}`);
      services += Object.keys(found.services).length;
      if (name === "awkward") isAwkward(found.services.edge.environment.DUET_EDGE_INSTRUCTIONS);
      if (name === "files") isAwkward(JSON.parse(found.services.edge.environment.DUET_PROFILES)["a.b"].instructions);
    }
    const mistakes = {
      "a field that there is not": "services: { a: { image: a, restarts: always } }\n",
      "a service that there is not": "services: { a: { image: a, network_mode: 'service:b' } }\n",
      "a volume that there is not": "services: { a: { image: a, volumes: ['data:/data'] } }\n",
      "a variable that is not set": "services: { a: { image: $IMAGE } }\n",
    };
    for (const [what, text] of Object.entries(mistakes))
      if (read(text).status === 0) throw new Error(`compose: ${what} is not noticed, so that this shows nothing`);
    process.stdout.write(`compose: ${Object.keys(configs).length} files with ${services} services read, no warning\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a text came through as it was; the library writes a dollar sign twice again. */
function isAwkward(text: string): void {
  if (text !== awkward && text.replaceAll("$$", "$") !== awkward)
    throw new Error(`compose made of ${awkward}: ${text}`);
}
