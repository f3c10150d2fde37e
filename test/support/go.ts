import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Why nothing can be built by Go here; false if it can. */
export function lacksGo(): string | false {
  return spawnSync("go", ["version"]).error === undefined ? false : "go is not on the path";
}

/**
 * The program that a package is, built by the module in a folder, and kept in `cache`: built anew only if the module
 * has changed. Throws what Go says. It takes one core, since it may take many minutes.
 */
export function build(module: string, name: string, cache: string): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(module).sort()) hash.update(file).update(readFileSync(join(module, file)));
  const folder = basename(module);
  const program = join(cache, `${folder}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const start = performance.now();
  const { status } = spawnSync("go", ["build", "-p", "1", "-trimpath", "-ldflags", "-s -w", "-o", program, name], {
    cwd: module,
    env: { ...process.env, GOMAXPROCS: "1", GOFLAGS: "-mod=readonly -buildvcs=false" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error(`go build ${name}, in ${module}: ended with ${status}`);
  process.stdout.write(`${folder}: built in ${Math.round((performance.now() - start) / 1000)} s\n`);
  return program;
}
