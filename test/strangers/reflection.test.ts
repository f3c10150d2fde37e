import assert from "node:assert/strict";
import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ConverseResponseSchema } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { checkTurn } from "../support/events.ts";
import { skipFor } from "../support/skip.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { isInstalled, python, type Run, run, withoutPython } from "./programs.ts";

/** A client that learns from the server itself how it is called. */
interface ReflectionClient {
  list(address: string): Promise<Run>;
  /** Requests and answers are JSON, one after the other. */
  call(address: string, method: string, requests: readonly object[]): Promise<Run>;
}

const lines = (requests: readonly object[]) => requests.map((request) => `${JSON.stringify(request)}\n`).join("");

const ofPython: ReflectionClient = {
  list: (address) => run(python, ["test/strangers/reflect.py", address, "list"]),
  call: (address, method, requests) => run(python, ["test/strangers/reflect.py", address, method], lines(requests)),
};

const grpcurl: ReflectionClient = {
  list: (address) => run("grpcurl", ["-plaintext", address, "list"]),
  call: (address, method, requests) =>
    run("grpcurl", ["-plaintext", "-max-time", "60", "-d", "@", address, method], lines(requests)),
};

// Go builds grpcurl in minutes: it is tried where somebody has it. What it asks is what the other asks, v1 in place of
// v1alpha.
const clients = { "the client of grpcio-reflection": ofPython, ...(isInstalled("grpcurl") && { grpcurl }) };

for (const [name, client] of Object.entries(clients))
  describe(name, skipFor(client === ofPython && withoutPython), () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack();
    });
    afterAll(() => stack?.close());

    async function call(url: string, method: string, requests: readonly object[]) {
      const { status, output, complaints } = await client.call(new URL(url).host, method, requests);
      assert.equal(status, 0, complaints);
      return readJson(output);
    }

    it("finds what each process serves", async () => {
      for (const [{ url }, service] of [
        [stack, "duet.assistant.v1.AssistantService"],
        [stack.generate, "duet.generate.v1.GenerateService"],
        [stack.synthesize, "duet.synthesize.v1.SynthesizeService"],
      ] as const) {
        const { status, output, complaints } = await client.list(new URL(url).host);
        assert.equal(status, 0, complaints);
        assert.ok(output.split("\n").includes(service), output);
      }
    });

    it("calls Converse", async () => {
      const events = await call(stack.url, "duet.assistant.v1.AssistantService/Converse", [{ text: "What is Duet?" }]);
      const turn = checkTurn(events.map((event) => fromJson(ConverseResponseSchema, event)));
      assert.ok(turn.text.length > 20);
      assert.ok(turn.pcm.length > 44_100, `${turn.pcm.length} bytes of speech`);
    });

    it("calls Generate", async () => {
      const events = await call(stack.generate.url, "duet.generate.v1.GenerateService/Generate", [
        { messages: [{ role: "ROLE_USER", content: "What is Duet?" }] },
      ]);
      assert.deepEqual(
        events.filter((_, index) => index === 0 || index === events.length - 1).map((event) => Object.keys(event)),
        [["started"], ["finished"]],
      );
      assert.ok(events.some((event) => "delta" in event));
    });

    it("calls Synthesize, both sides streams", async () => {
      const events = await call(stack.synthesize.url, "duet.synthesize.v1.SynthesizeService/Synthesize", [
        { config: { language: "en" } },
        { text: "Hello there, this is " },
        { text: "a text in two pieces. And a second sentence follows it." },
        { end: {} },
      ]);
      const kinds = events.flatMap((event) => Object.keys(event));
      assert.deepEqual([kinds.at(0), kinds.at(-1)], ["admitted", "finished"]);
      const finished = events.at(-1)?.finished as { characterCount: number; segmentCount: number; sampleCount: string };
      assert.equal(finished.characterCount, 76);
      assert.equal(finished.segmentCount, kinds.filter((kind) => kind === "segmentDone").length);
      assert.ok(Number(finished.sampleCount) > 44_100);
    });
  });

/** Reads JSON objects, each of which ends at a line's end with a brace that stands first or alone. */
function readJson(output: string): { [key: string]: JsonValue }[] {
  const whole = output.trim();
  return whole.startsWith("{\n")
    ? whole.split(/\n(?=\{\n)/).map((text) => JSON.parse(text))
    : whole.split("\n").map((text) => JSON.parse(text));
}
