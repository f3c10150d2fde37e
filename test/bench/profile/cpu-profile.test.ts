import assert from "node:assert/strict";
import { test } from "vitest";
import { type CpuProfile, readProfile } from "./cpu-profile.ts";

const frame = (id: number, functionName: string, url = "") => ({ id, callFrame: { functionName, url, lineNumber: 9 } });
const profile: CpuProfile = {
  nodes: [
    frame(1, "(root)"),
    frame(2, "(idle)"),
    frame(3, "(garbage collector)"),
    frame(4, "push", "file:///here/services/synthesize/text/words.ts"),
    frame(5, "send", "file:///here/node_modules/@grpc/grpc-js/build/src/call.js"),
    frame(6, "write", "node:internal/http2/core"),
    frame(7, "", "file:///here/services/synthesize/speak/speak.ts"),
  ],
  samples: [2, 3, 4, 5, 6, 7, 2],
  timeDeltas: [0, 5000, 1000, 4000, 3000, 1000, 1000],
};

test("time belongs to who ran when it passed, and idling to nobody", () => {
  const { busyMs, gcShare, rooms, functions } = readProfile(profile, "/here");
  assert.equal(busyMs, 10);
  assert.equal(gcShare, 0.1);
  assert.deepEqual(rooms, [
    { name: "services/synthesize/text", share: 0.4 },
    { name: "@grpc/grpc-js", share: 0.3 },
    { name: "(garbage collector)", share: 0.1 },
    { name: "node:internal/http2", share: 0.1 },
    { name: "services/synthesize/speak", share: 0.1 },
  ]);
  assert.deepEqual(functions[0], { name: "push services/synthesize/text/words.ts:10", share: 0.4 });
  assert.ok(functions.some(({ name }) => name === "(anonymous) services/synthesize/speak/speak.ts:10"));
});
