import assert from "node:assert/strict";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { it } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { startServer } from "../../services/common/server/server.ts";
import { SynthesizeRequest, SynthesizeServiceDefinition } from "../../services/gen/duet/synthesize/v1/synthesize.ts";

const loopback = { host: "127.0.0.1", port: 0 };
const text = Buffer.from(SynthesizeRequest.encode({ part: { $case: "text", value: "Yes." } }).finish());
/** The first field says that it is longer than the message. */
const garbage = Buffer.from([0x0a, 0x05, 0x61]);
const asItIs = (bytes: Buffer) => bytes;

for (const [what, method, messages] of [
  ["the only message of a call", "GetEngine", [garbage]],
  ["the first message of a stream", "Synthesize", [garbage]],
  ["a later message of a stream", "Synthesize", [text, garbage, text]],
] as const)
  it(`${what} is refused if it cannot be read, and reaches nobody`, async (context) => {
    const reached: unknown[] = [];
    const unary = async () => {
      reached.push("unary");
      return {};
    };
    const server = await startServer({
      name: "synthesize",
      definition: SynthesizeServiceDefinition,
      implementation: {
        // biome-ignore lint/correctness/useYield: it only reads
        async *synthesize(requests: AsyncIterable<SynthesizeRequest>) {
          for await (const { part } of requests) reached.push(part?.$case);
        },
        getEngine: unary,
        listVoices: unary,
      },
      listen: { address: loopback, setting: "DUET_SYNTHESIZE_LISTEN" },
      adminListen: { address: loopback, setting: "DUET_SYNTHESIZE_ADMIN_LISTEN" },
      metrics: createMetrics({ runtime: false }),
      log: createLog({ service: "test", level: "silent" }),
      clock: systemClock,
      notReady: async () => undefined,
      drainTimeoutMs: 1000,
    });
    const client = new Client(formatAddress(server.address), credentials.createInsecure());
    context.onTestFinished(async () => {
      client.close();
      await server.close();
    });
    const path = `/${SynthesizeServiceDefinition.fullName}/${method}`;
    const call = client.makeBidiStreamRequest(path, asItIs, asItIs, new Metadata());
    const ended = new Promise<ServiceError | undefined>((resolve) => {
      call.once("error", (error) => resolve(error as ServiceError));
      call.once("end", () => resolve(undefined));
      call.resume();
    });
    for (const message of messages) call.write(message);
    call.end();
    const error = await ended;
    assert.equal(error?.code, status.INVALID_ARGUMENT);
    assert.match(error?.details ?? "", /not a valid message of its type/);
    assert.deepEqual(
      reached,
      messages.slice(0, messages.indexOf(garbage)).map(() => "text"),
    );
  });
