import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { describe, it } from "vitest";
import { serviceFailure } from "./connect/errors.ts";
import type { Code } from "./errors.ts";
import { reasons } from "./outward.ts";

/** What services and the way to them say, by reason: each for people who run the deployment. */
const said: Readonly<Record<string, readonly [Code, message: string]>> = {
  GENERATE_UNREACHABLE: [
    "UNAVAILABLE",
    "Generate does not answer at http://10.1.2.3:50051: set DUET_EDGE_GENERATE_URL",
  ],
  GENERATE_UNTRUSTED: ["UNAVAILABLE", "Generate at https://gpu.example does not know this edge: set DUET_TLS_CERT"],
  GENERATE_BROKEN: ["UNAVAILABLE", "Generate at gpu-7 ended an answer without its end"],
  SYNTHESIZE_UNREACHABLE: ["UNAVAILABLE", "Synthesize does not answer at https://gpu.example:50052: start it"],
  SYNTHESIZE_UNTRUSTED: [
    "UNAVAILABLE",
    "Synthesize at gpu-7 presents a certificate that has expired: /etc/duet/gpu.pem",
  ],
  SYNTHESIZE_BROKEN: ["UNAVAILABLE", "Synthesize at gpu-7 ended a speech without its end"],
  OVERLOADED: ["RESOURCE_EXHAUSTED", "64 texts are being spoken, the limit (DUET_SYNTHESIZE_MAX_SESSIONS)"],
  ENGINE_OVERLOADED: ["RESOURCE_EXHAUSTED", "the model server at gpu-7:8000 has too much to do"],
  ENGINE_UNREACHABLE: ["UNAVAILABLE", "Fish-Speech at http://127.0.0.1:8080/v1/tts does not answer"],
  ENGINE_SILENT: ["UNAVAILABLE", "the model server at fd00::7 gave no sign of life for 2 s"],
  ENGINE_STALLED: ["DEADLINE_EXCEEDED", "nothing for 30 s: see DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS"],
  ENGINE_EMPTY: ["UNAVAILABLE", "the model at gpu-7 wrote nothing"],
  ENGINE_BROKEN: ["UNAVAILABLE", "connect ECONNREFUSED 10.1.2.3:8000"],
  ENGINE_REJECTED: ["INTERNAL", "the model server says: /srv/models/llama is no chat model"],
  ENGINE_UNAUTHORIZED: ["INTERNAL", "the model server at gpu-7 refuses DUET_VLLM_API_KEY"],
  ENGINE_OUTPUT_INVALID: ["INTERNAL", "gpu-7 answered in another shape"],
  DRAINING: ["UNAVAILABLE", "the process at gpu-7 is about to stop"],
  DEADLINE_EXCEEDED: ["DEADLINE_EXCEEDED", "the time limit of the call at gpu-7 was reached"],
  UNREACHABLE: ["UNAVAILABLE", "a peer at gpu-7 cannot be reached (ECONNREFUSED)"],
  CANCELLED: ["CANCELLED", "the call at gpu-7 was cancelled"],
  UNAUTHENTICATED: ["UNAUTHENTICATED", "the edge's DUET_SERVICE_TOKEN is wrong"],
  INTERNAL: ["INTERNAL", "internal error: the log of gpu-7 says where"],
  SOMETHING_NEW: ["INTERNAL", "the key of redis://state:6379 is refused"],
  SOMETHING_NEW_TOO: ["UNAVAILABLE", "the worker at gpu-7.internal is gone"],
};

describe("of what a service says its caller is told a sentence, and those who run it all", () => {
  for (const [reason, [code, message]] of Object.entries(said))
    it(`${reason}: ${message}`, () => {
      const failure = serviceFailure(code, reason, message);
      assert.deepEqual([failure.code, failure.reason, failure.inFull], [code, reason, message]);
      assert.doesNotMatch(failure.message, /DUET_|:\/\/|\d:\d|gpu|\d\.\d|\//);
      assert.ok(failure.message.length > 15);
    });

  it("but for what the caller's own request is to blame for, which passes", () => {
    for (const code of ["INVALID_ARGUMENT", "NOT_FOUND"] as const)
      assert.equal(
        serviceFailure(code, code, "voice: ListVoices names those there are").message,
        "voice: ListVoices names those there are",
      );
  });
});

it("every reason that services give has a sentence, and a row above", async () => {
  const given = new Set<string>();
  for await (const file of glob("services/{common,generate,synthesize}/**/*.ts", {
    exclude: (name) => /test|gen$/.test(name),
  }))
    for (const [, reason] of readFileSync(file, "utf8").matchAll(/(?:rich\(|\[)Status\.[A-Z_]+, "([A-Z_]+)"/g))
      given.add(reason as string);
  assert.ok(given.size > 12, [...given].join());
  // What its own request is to blame for passes as it is.
  for (const reason of given)
    assert.ok(reason in reasons || ["INVALID_REQUEST", "UNREADABLE_REQUEST", "NOT_FOUND"].includes(reason), reason);
  for (const reason of Object.keys(reasons)) assert.ok(reason in said, reason);
});

it("what the edge itself says to any caller names no setting and no place", async () => {
  for await (const file of glob("edge/**/*.ts", { exclude: (name) => /test|gen$|playground/.test(name) })) {
    const source = readFileSync(file, "utf8");
    for (const [, text] of source.matchAll(/new Failure\(\s*"[A-Z_]+",\s*"[A-Z_]+",\s*(?:message|(["`][^"`]*["`]))/g))
      assert.doesNotMatch(text ?? "", /DUET_|:\/\/|readyz/, file);
  }
});
