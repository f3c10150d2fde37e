import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "vitest";
import { describedEngines } from "../../infra/config/described.ts";
import { loadConfig } from "../../infra/config/load.ts";
import { listProfiles } from "../../infra/config/profiles.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";
import { fishCommand } from "../../infra/engines/fish/flags.ts";
import { shellCommand } from "../../infra/engines/shell.ts";
import { soundConfigs } from "./sound.ts";

// Only commit what REWRITE_GOLDEN=1 changes if you can say what caused it: each of these files was read by the engine
// it is for.
const rewrite = process.env.REWRITE_GOLDEN === "1";

function isAsWritten(name: string, text: string): void {
  const file = join(import.meta.dirname, "golden", name);
  if (rewrite) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else assert.equal(text, readFileSync(file, "utf8"));
}

function commandsOf(text: string): string {
  return describedEngines(loadConfig({}, text).config)
    .flatMap(({ engine, plan }) => engine.commands(plan))
    .map((command) => `${shellCommand(command)}\n`)
    .join("\n");
}

for (const { name, file } of listProfiles()) {
  const text = readFileSync(file, "utf8");
  test(`${name} has no error, and starts its engines as it is written`, () => {
    const { problems } = loadConfig({}, text);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
    isAsWritten(`${name}.sh`, commandsOf(text));
  });

  test(`${name} is deployed as it is written`, () => {
    const loaded = loadConfig({}, text);
    isAsWritten(`${name}.compose.yaml`, renderCompose(loaded, "duet:latest"));
    const gpuResource = name === "24gb" ? "nvidia.com/gpu.shared" : "nvidia.com/gpu";
    isAsWritten(`${name}.k8s.yaml`, renderKubernetes(loaded, { image: "duet:latest", gpuResource }));
  });
}

test("the compose file for one card with real engines is that of its profile", () => {
  const file = join(import.meta.dirname, "../../infra/deploy/all-in-one.compose.yaml");
  const profile = listProfiles().find(({ name }) => name === "24gb");
  const rendered = renderCompose(loadConfig({}, readFileSync(profile?.file ?? "", "utf8")), "duet:latest");
  if (rewrite) writeFileSync(file, rendered);
  else assert.equal(readFileSync(file, "utf8"), rendered);
});

for (const [name, text] of Object.entries(soundConfigs))
  test(`the flags of ${name} are as they are written`, () => {
    const { problems } = loadConfig({}, text);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
    isAsWritten(`flags/${name}.sh`, commandsOf(text));
  });

test("only the article's profile has something doubtful", () => {
  const doubtful = listProfiles().flatMap(({ name, file }) => {
    const rules = loadConfig({}, readFileSync(file, "utf8")).problems.map(({ rule }) => rule);
    return rules.length === 0 ? [] : [[name, rules]];
  });
  assert.deepEqual(doubtful, [
    [
      "4x4090d-article",
      ["vllm/card-memory-doubted", "vllm/custom-all-reduce", "vllm/half", "vllm/yarn-for-short-texts"],
    ],
  ]);
});

test("a card that is shared needs a cluster that shares cards", () => {
  const text = readFileSync(listProfiles().find(({ name }) => name === "24gb")?.file ?? "", "utf8");
  assert.throws(
    () => renderKubernetes(loadConfig({}, text), { image: "duet", gpuResource: "nvidia.com/gpu" }),
    /engine\.fish\.gpus: several engines share GPU 0.*--gpu-resource/,
  );
});

test("an engine that runs elsewhere may be given its key later", () => {
  const rendered = renderCompose(loadConfig({}, "fish: { url: http://gpu:8080 }\n"), "duet");
  assert.match(rendered, /^ +DUET_FISH_URL: http:\/\/gpu:8080$/m);
  assert.match(rendered, /^ +DUET_FISH_API_KEY: \$\{DUET_FISH_API_KEY:-\}$/m);
});

test("several engines that speak are all reached: one that runs here, and one elsewhere", () => {
  const substitutes = "{ fish/emma: speech/zf_xiaoxiao, fish: speech/af_heart }";
  const loaded = loadConfig(
    {},
    `synthesize: { engine: speech, substitutes: ${substitutes} }\nspeech: { url: http://gpu:8880 }\nfish: { mode: 1.5.1 }\nengine:\n  host: { gpuCount: 1 }\n  fish: { gpus: [0] }\n`,
  );
  assert.deepEqual(
    loaded.problems.filter(({ severity }) => severity === "error"),
    [],
  );
  const compose = renderCompose(loaded, "duet");
  const kubernetes = renderKubernetes(loaded, { image: "duet", gpuResource: "nvidia.com/gpu" });
  for (const rendered of [compose, kubernetes])
    for (const value of [
      /http:\/\/gpu:8880/,
      /DUET_FISH_URL/,
      /DUET_SYNTHESIZE_ENGINE/,
      /fish\/emma=speech\/zf_xiaoxiao,fish=speech\/af_heart/,
    ])
      assert.match(rendered, value);
  // Nothing stands in for either.
  assert.doesNotMatch(compose, /twins\/(?:fish|speech)/);
});

test("no secret is rendered, wherever it comes from", () => {
  const secret = "s3cr3t-value";
  const text = `${readFileSync(listProfiles().find(({ name }) => name === "4x4090d-voice")?.file ?? "", "utf8")}    requireApiKey: true\n`;
  const loaded = loadConfig({ DUET_FISH_API_KEY: secret, DUET_VLLM_API_KEY: secret }, text);
  const fish = loaded.config.plan.fish;
  assert.equal(loaded.config.settings.fish.apiKey, secret);
  assert.ok(fish?.requireApiKey);
  const rendered = [
    renderCompose(loaded, "duet"),
    renderKubernetes(loaded, { image: "duet", gpuResource: "nvidia.com/gpu" }),
    shellCommand(fishCommand(fish, 0)),
  ];
  for (const text of rendered) {
    assert.ok(!text.includes(secret), text);
    assert.match(text, /--api-key/);
  }
});
