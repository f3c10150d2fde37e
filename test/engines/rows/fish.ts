import { fish, type RuleRow } from "./row.ts";

/** Fish-Speech. */
export const fishRows: readonly RuleRow[] = [
  {
    rule: "fish/workers",
    severity: "error",
    config: fish("version: 1.5.1\nworkers: 2"),
    path: "engine.fish.workers",
    remedy: /list the GPU once more/,
  },
  {
    rule: "fish/workers-slow",
    severity: "warning",
    config: fish("version: s2\nworkers: 2", "gpuCount: 4, gpuMemoryGib: 80"),
    path: "engine.fish.workers",
    remedy: /Set it to 1/,
  },
  { rule: "fish/half", severity: "warning", config: fish("half: true"), path: "engine.fish.half", remedy: /Remove/ },
  {
    rule: "fish/uncompiled",
    severity: "warning",
    config: fish("compile: false"),
    path: "engine.fish.compile",
    remedy: /true/,
  },
  {
    rule: "fish/api-key",
    severity: "error",
    config: fish("version: 1.5.0\nrequireApiKey: true"),
    path: "engine.fish.requireApiKey",
    remedy: /1\.5\.1/,
  },
  {
    rule: "fish/api-key-health",
    severity: "warning",
    config: fish("version: 1.5.1\nrequireApiKey: true"),
    path: "engine.fish.requireApiKey",
    remedy: /render compose/,
  },
  {
    rule: "fish/ipv6",
    severity: "error",
    config: fish('version: 1.5.0\nhost: "::1"'),
    path: "engine.fish.host",
    remedy: /127\.0\.0\.1/,
  },
  {
    rule: "fish/decoder",
    severity: "error",
    config: fish("version: s1\ndecoderConfigName: firefly_gan_vq"),
    path: "engine.fish.decoderConfigName",
    remedy: /Remove/,
  },
  { rule: "fish/cards", severity: "error", config: fish("gpus: [4]"), path: "engine.fish.gpus", remedy: /below 4/ },
  {
    rule: "fish/memory",
    severity: "error",
    config: fish("version: s2\ngpus: [0, 0]"),
    path: "engine.fish.gpus",
    remedy: /fewer/,
  },
];
