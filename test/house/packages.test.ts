import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { root } from "./tool.ts";

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const manifest: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

/** Packages that come with an install script and work without it. */
const scriptsNotNeeded = new Map([
  ["node_modules/@bufbuild/buf", "checks that its optional platform package is there, which the lock brings"],
  ["node_modules/@scarf/scarf", "tells its maker that Swagger UI was installed, which is nobody's business"],
  ["node_modules/protobufjs", "prints a warning about how its version is written down"],
]);

test("every version is exact", () => {
  assert.ok(Object.keys(wanted).length > 20);
  for (const [name, version] of Object.entries(wanted)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test("the lock has what the manifest asks for", () => {
  for (const [name, version] of Object.entries(wanted))
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
});

// A version whose platform packages cannot all be had leaves holes in the lock, and npm ci refuses it.
test("the lock has all that its packages ask for, for every platform", () => {
  for (const [path, { dependencies, optionalDependencies }] of locked)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
      assert.ok(
        [`${path}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in lock.packages),
        `${path} asks for ${name}, which the lock does not have`,
      );
});

test("every package is checked by its hash, and none names where it was fetched from", () => {
  for (const [path, { integrity, resolved }] of locked) {
    assert.ok(integrity !== undefined, `${path} has no integrity`);
    assert.equal(resolved, undefined, `${path} names a host, in spite of .npmrc`);
  }
});

test("the packages of --model are held to the same", () => {
  const folder = join(root, "infra/models/llama");
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { packages }: typeof lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  for (const [name, version] of Object.entries(dependencies)) {
    assert.match(version as string, /^\d+\.\d+\.\d+$/, name);
    assert.equal(packages[`node_modules/${name}`]?.version, version, name);
  }
  for (const [path, { integrity, resolved }] of Object.entries(packages).filter(([path]) => path !== "")) {
    assert.ok(integrity !== undefined, `${path} has no integrity`);
    assert.equal(resolved, undefined, `${path} names a host`);
  }
  assert.match(readFileSync(join(folder, ".npmrc"), "utf8"), /^ignore-scripts=true$/m);
});

test("no package needs a script to run while it is being installed", () => {
  assert.match(readFileSync(join(root, ".npmrc"), "utf8"), /^ignore-scripts=true$/m);
  const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path);
  assert.deepEqual(withScript, [...scriptsNotNeeded.keys()]);
});
