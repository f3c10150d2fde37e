import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "vitest";
import { stringify } from "yaml";
import { allSettings } from "../../infra/config/declared.ts";
import { type ProcessName, processes, takes } from "../../infra/config/processes.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";
import { pathsIn } from "../../infra/settings/kind.ts";
import { profile } from "../../infra/settings/profiles.ts";
import { settingsOf, variableOf } from "../../infra/settings/setting.ts";
import { type Any, compose, kubernetes, load, workloads } from "./renderings.ts";

/** Every setting that names a file or a folder, those of profiles as two profiles would set them. */
const named = [
  ...allSettings.map(({ path, setting }) => ({ path, setting })),
  ...["shop", "a.b"].flatMap((id) =>
    [...settingsOf(profile)].map(([path, setting]) => ({ path: `profiles.${id}.${path}`, setting })),
  ),
].flatMap(({ path, setting }) => {
  const read = setting.kind.fromYaml("x");
  const [found] = "value" in read ? pathsIn(setting.kind, read.value) : [];
  return found === undefined ? [] : [{ path, is: found.is, isWritten: found.isWritten === true }];
});

/** A config in which a setting names a file: `words.yaml` of a folder that is called as the setting is. */
function configOf(path: string): string {
  const [group = "", id = "", ...rest] =
    path.match(/^profiles\./) === null
      ? path.split(".")
      : ["profiles", ...(/^profiles\.(shop|a\.b)\.(.*)$/.exec(path) ?? []).slice(1)];
  const steps = [group, id, ...rest].filter((step) => step !== "");
  const value = steps.reduceRight<Any>((below, step) => ({ [step]: below }), `${path}/words and more.yaml`);
  return stringify(value);
}

const rows = named.filter(({ path }) => !path.startsWith("tls."));
const takers = (path: string) => (Object.keys(processes) as ProcessName[]).filter((name) => takes(name, path));
const variable = (path: string) => variableOf(path.startsWith("profiles.") ? "profiles" : path);

describe("a file that a setting names", () => {
  test("is one of many kinds", () => {
    const paths = rows.map(({ path }) => path);
    for (const path of ["edge.keys.file", "synthesize.lexicon", "synthesize.cache.prewarm", "profiles.shop.lexicon"])
      assert.ok(paths.includes(path), path);
    assert.deepEqual(
      rows.filter(({ is }) => is === "folder").map(({ path }) => path),
      ["edge.stored.folder", "edge.marking.recordFolder", "fish.references"],
    );
  });

  for (const { path, is, isWritten } of rows)
    test(`${path}: is in each container that reads it, and in no other`, () => {
      const host = resolve(`${path}/words and more.yaml`);
      const target = `/etc/duet/${path}.yaml`;
      const { services } = compose(configOf(path));
      for (const name of Object.keys(processes) as ProcessName[]) {
        const { volumes, environment } = services[name];
        if (!takers(path).includes(name)) {
          assert.equal(volumes, undefined, name);
          continue;
        }
        assert.deepEqual(volumes, [
          {
            type: "bind",
            source: host,
            target,
            ...(!isWritten && { read_only: true }),
            bind: { create_host_path: false },
          },
        ]);
        assert.ok(environment[variable(path)].includes(target), environment[variable(path)]);
        assert.ok(!JSON.stringify(environment).includes(host));
      }
      if (is === "folder")
        return assert.throws(
          () => kubernetes(configOf(path)),
          new RegExp(
            `^Error: ${path}: .* is a folder on this host.*: (?:put the voices|store speech in a bucket|unset it)`,
          ),
        );
      const pod = workloads(kubernetes(configOf(path)))[0].spec.template.spec;
      for (const { name, volumeMounts, env } of pod.containers) {
        const mount = volumeMounts.find(({ mountPath }: Any) => mountPath === "/etc/duet");
        assert.equal(mount !== undefined, takers(path).includes(name), name);
        if (mount === undefined) continue;
        // A file that is mounted alone (subPath) would not follow its secret.
        assert.deepEqual(mount, { name: `files-${name}`, mountPath: "/etc/duet", readOnly: true });
        const { secret } = pod.volumes.find((volume: Any) => volume.name === mount.name);
        assert.deepEqual(secret, { secretName: "duet-files", items: [{ key: `${path}.yaml`, path: `${path}.yaml` }] });
        assert.match(`${path}.yaml`, /^[-._a-zA-Z0-9]{1,253}$/);
        assert.ok(env.find((one: Any) => one.name === variable(path)).value.includes(target));
      }
      const text = renderKubernetes(load(configOf(path)), { image: "duet", gpuResource: "nvidia.com/gpu" });
      assert.ok(text.includes(`'--from-file=${path}.yaml=${host}'`), text);
    });

  test("stays the host's where it is of TLS: in one network of their own edge and services do not encrypt", () => {
    const text = "tls: { cert: a.pem, key: b.pem, ca: c.pem }\n";
    assert.doesNotMatch(JSON.stringify([compose(text), kubernetes(text)]), /\.pem|_TLS_/);
  });

  test("of one name in two folders is two files", () => {
    const text = "profiles: { shop: { lexicon: shop/words.yaml }, help: { lexicon: help/words.yaml } }\n";
    const targets = compose(text).services.synthesize.volumes.map(({ target }: Any) => target);
    assert.equal(new Set(targets).size, 2);
  });
});

describe("under systemd", () => {
  const folder = join(import.meta.dirname, "../../infra/deploy/systemd");
  for (const unit of readdirSync(folder))
    test(`${unit} hides nothing of the folder that it has its config in, and from which paths are taken`, () => {
      const lines = readFileSync(join(folder, unit), "utf8").split("\n");
      assert.ok(lines.some((line) => /^Environment=.*\bDUET_CONFIG=\/etc\/duet\/duet\.yaml$/.test(line)));
      const hides = lines.filter((line) =>
        /^(?:InaccessiblePaths|TemporaryFileSystem|RootDirectory|RootImage)=/.test(line),
      );
      assert.deepEqual(hides, []);
      // What is hidden is said, where somebody writes the paths.
      const docs = readFileSync(join(import.meta.dirname, "../../docs/deployment.md"), "utf8");
      for (const [directive, said] of [
        ["ProtectHome=yes", "/home"],
        ["PrivateTmp=yes", "/tmp"],
      ] as const) {
        assert.ok(lines.includes(directive));
        assert.match(docs.slice(docs.indexOf("## systemd")), new RegExp(said));
      }
    });
});
