import assert from "node:assert/strict";
import { it } from "vitest";
import { remedyFor, type Wanted } from "./remedy.ts";

const whole: Wanted = { type: "integer", minimum: 1, maximum: 1e15 };
const number: Wanted = { type: "number", minimum: 0, maximum: 1e15 };
const share: Wanted = { type: "number", minimum: 0, maximum: 1 };

for (const [path, wanted, value, remedy] of [
  ["generate.ttftSloMs", whole, "200ms", "Write 200: it is in milliseconds."],
  ["generate.ttftSloMs", whole, "2 s", "Write 2000: it is in milliseconds."],
  ["generate.ttftSloMs", whole, "1.5 min", "Write 90000: it is in milliseconds."],
  ["edge.session.ttlMs", whole, "7d", "Write 604800000: it is in milliseconds."],
  ["edge.limits.audioSecondsPerDay", whole, "30s", "Write 30: it is in seconds."],
  ["edge.limits.audioSecondsPerDay", whole, "5m", "Write 300: it is in seconds."],
  ["edge.limits.audioSecondsPerDay", whole, "2h", "Write 7200: it is in seconds."],
  ["synthesize.opener.minSeconds", number, "500 ms", "Write 0.5: it is in seconds."],
  ["engine.host.gpuMemoryGib", number, "24GB", "Write 24: it is in GiB."],
  ["engine.host.gpuMemoryGib", number, "512 MiB", "Write 0.5: it is in GiB."],
  ["redis.cacheMaxBytes", whole, "64k", "Write 65536: it is in bytes."],
  ["redis.cacheMaxBytes", whole, "2 GiB", "Write 2147483648: it is in bytes."],
  ["engine.vllm.cache.gpuMemoryUtilization", share, "85%", "Write 0.85."],
  ["engine.vllm.context.maxModelLen", whole, "16k", "Write 16384."],
  ["edge.maxTurns", whole, "2k", "Write 2000."],
  ["generate.ttftSloMs", whole, 0.2, "It is in milliseconds: write 200."],
  ["engine.host.gpuMemoryGib", number, 24_576, "It is in GiB: write 24."],
  ["engine.vllm.cache.gpuMemoryUtilization", share, 85, "It is a share: write 0.85."],
] as const)
  it(`${path}: ${value}`, () => assert.equal(remedyFor(path, value, wanted), remedy));
