import assert from "node:assert/strict";
import { create, toBinary } from "@bufbuild/protobuf";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { it } from "vitest";
import { createAccess } from "../../edge/access/access.ts";
import { SpeakRequestSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { createCallCount } from "../../edge/rpc/count-calls.ts";
import { createRpcs } from "../../edge/rpc/rpcs.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { noTracer } from "../../infra/telemetry/tracer.ts";

it("fields that nobody knows are not kept: each would be an object, and a request holds a million of them", async () => {
  const log = createLog({ service: "edge", level: "silent" });
  const metrics = createMetrics({ runtime: false });
  let kept: unknown = "no request has come";
  // A service that is asked, and looks at what it was given.
  const service = {
    // biome-ignore lint/correctness/useYield: nothing is answered
    async *speak(request: { $unknown?: unknown }) {
      kept = request.$unknown;
    },
  };
  const access = await createAccess({ settings: {}, log, clock: systemClock });
  const calls = createCallCount(metrics);
  const rpcs = createRpcs(service as never, { access, calls, log, tracer: noTracer, clock: systemClock });
  const [path, rpc] = [...rpcs].find(([path]) => path.endsWith("/Speak")) ?? [];
  assert.ok(rpc !== undefined);
  // Field 1000, a varint: three bytes each.
  const unknown = Buffer.alloc(3 * 300_000, Buffer.from([0xc0, 0x3e, 1]));
  const message = Buffer.concat([toBinary(SpeakRequestSchema, create(SpeakRequestSchema, { text: "Hi." })), unknown]);
  const answer = await rpc({
    httpVersion: "1.1",
    url: `http://localhost${path}`,
    method: "POST",
    header: new Headers({ "content-type": "application/connect+proto" }),
    signal: AbortSignal.timeout(30_000),
    body: (async function* () {
      yield encodeEnvelope(0, message) as Uint8Array<ArrayBuffer>;
    })(),
  });
  assert.equal(answer.status, 200);
  await Array.fromAsync(answer.body as AsyncIterable<Uint8Array>);
  assert.equal(kept, undefined);
});
