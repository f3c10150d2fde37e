/**
 * What a caller writes is in no error, log line, metric or span: each field that takes text or bytes, of each request
 * of each RPC, holds a marked word in its turn, short and as it must be, with what no form allows, and too long.
 */
import assert from "node:assert/strict";
import {
  create,
  type DescField,
  type DescMessage,
  type DescService,
  type MessageInitShape,
  ScalarType,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, it } from "vitest";
import { AssistantService, Role } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { Role as GenerateRole, GenerateService } from "../../edge/gen/duet/generate/v1/generate_pb.ts";
import { SynthesizeService } from "../../edge/gen/duet/synthesize/v1/synthesize_pb.ts";
import { until } from "../support/until.ts";
import { type Collector, startCollector } from "./collector.ts";
import { startHouse, type TracedHouse } from "./house.ts";

const mark = "Zwetschgenmus";
const marked = [mark, `${mark} {"?\u0007\n`, mark.repeat(10_000)];
/** What a caller names by its id, and is answered by: no word of a conversation. */
const named = new Set(["session_id", "user_id", "request_id", "turn_id", "job_id", "page_token", "language", "model"]);

let collector: Collector;
let house: TracedHouse;
beforeAll(async () => {
  collector = await startCollector();
  house = await startHouse(
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: "20", DUET_LOG_LEVEL: "debug" },
    0,
  );
});
afterAll(async () => {
  await house.close();
  await collector.close();
});

/** Requests that are served, by RPC; of the rest an empty one is. */
const served: Readonly<Record<string, object>> = {
  Converse: { text: "[[say:Yes.]]" },
  Chat: { text: "[[say:Yes.]]" },
  SubmitChat: { text: "[[say:Yes.]]" },
  Speak: { text: "Because." },
  Generate: { messages: [{ role: GenerateRole.USER, content: "[[say:Yes.]]" }] },
};

/** Where a field of text or bytes lies in a request. */
type Path = readonly DescField[];

function pathsOf(desc: DescMessage, above: Path = []): Path[] {
  if (above.length > 4) return [];
  return desc.fields.flatMap((field) => {
    if (named.has(field.name)) return [];
    const path = [...above, field];
    if (field.message !== undefined && field.fieldKind !== "map") return pathsOf(field.message, path);
    const scalar = field.fieldKind === "scalar" || field.fieldKind === "list" ? field.scalar : undefined;
    return scalar === ScalarType.STRING || scalar === ScalarType.BYTES ? [path] : [];
  });
}

/** Writes the word where the path leads, with whatever that needs around it. */
function write(message: ReflectMessage, [field, ...rest]: Path, word: string): void {
  if (field === undefined) return;
  const value = "scalar" in field && field.scalar === ScalarType.BYTES ? Buffer.from(word) : word;
  if (field.fieldKind === "list") {
    if (field.message === undefined) return void message.get(field).add(value);
    const item = reflect(field.message);
    for (const role of field.message.fields) if (role.name === "role") item.set(role, Role.USER);
    write(item, rest, word);
    message.get(field).add(item);
  } else if (field.message === undefined) message.set(field, value);
  else {
    const inner = message.isSet(field) ? (message.get(field) as ReflectMessage) : reflect(field.message);
    write(inner, rest, word);
    message.set(field, inner);
  }
}

const saying = () => `${house.edge.written}${house.generate.written}${house.synthesize.written}`;

/** Makes the call, and gives all that is said of its failure. */
async function complaint(call: () => AsyncIterable<unknown> | Promise<unknown>): Promise<string> {
  try {
    const answer = call();
    if (Symbol.asyncIterator in answer) for await (const _ of answer);
    else await answer;
    return "";
  } catch (error) {
    assert.ok(error instanceof ConnectError, String(error));
    // Details come as bytes in which texts stand as they are.
    const details = error.details.map((detail) => ("value" in detail ? Buffer.from(detail.value as Uint8Array) : ""));
    return `${error.message} ${details.join(" ")} ${[...error.metadata].join()}`;
  }
}

for (const [service, urlOf] of [
  [AssistantService, () => house.url],
  [GenerateService, () => house.generate.url],
  [SynthesizeService, () => house.synthesize.url],
] as readonly (readonly [DescService, () => string])[])
  describe(service.typeName, () => {
    let sessions: Http2SessionManager;
    beforeAll(() => {
      sessions = new Http2SessionManager(urlOf());
    });
    afterAll(() => sessions.abort());

    for (const method of service.methods) {
      const paths = pathsOf(method.input);
      if (paths.length === 0) continue;
      it(`${method.name}: ${paths.length} fields`, async () => {
        const client = createClient(service, createGrpcTransport({ baseUrl: urlOf(), sessionManager: sessions }));
        const call = client[method.localName] as unknown as (
          request: unknown,
        ) => AsyncIterable<unknown> | Promise<unknown>;
        /** What is said of a request that holds the word there. */
        async function saidOf(path: Path, word: string): Promise<string> {
          const request = create(method.input, (served[method.name] ?? {}) as MessageInitShape<typeof method.input>);
          write(reflect(method.input, request), path, word);
          async function* one() {
            yield request;
          }
          return await complaint(() => call(method.methodKind === "bidi_streaming" ? one() : request));
        }
        for (const path of paths) {
          const field = path.map(({ name }) => name).join(".");
          for (const said of await Promise.all(marked.map((word) => saidOf(path, word))))
            assert.ok(!said.includes(mark), `an error says ${field}: ${said.slice(0, 300)}`);
          const line = saying()
            .split("\n")
            .find((line) => line.includes(mark));
          assert.equal(line?.slice(0, 300), undefined, `a log says ${field}`);
        }
      });
    }
  });

it("and none is in a metric or a span", async () => {
  await until("spans", () => collector.spans.length > 50, 10_000);
  assert.ok(!collector.bytes.includes(mark));
  for (const { written } of [house.generate, house.synthesize]) {
    const admin = /"admin":"([^"]+)"/.exec(written)?.[1];
    if (admin !== undefined) assert.ok(!(await (await fetch(`http://${admin}/metrics`)).text()).includes(mark));
  }
});
