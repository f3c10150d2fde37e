import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { z } from "zod";
import { type Stack, startStack } from "../support/stack.ts";
import { type Came, post } from "./ask.ts";

let stack: Stack;
let document: Came;
beforeAll(async () => {
  stack = await startStack({ timeScale: 0 });
  document = await (await fetch(`${stack.url}/openapi.json`)).json();
});
afterAll(() => stack.close());

/** A validator of a documented schema; `strict`: it takes no property that is not documented, as the contract names them all. */
function validator(schema: Came, strict = false): z.ZodType {
  const closed = (_key: string, value: Came) =>
    strict && value?.type === "object" && value.properties ? { additionalProperties: false, ...value } : value;
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }, closed);
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
}

const rpc = (name: string) => `/duet.assistant.v1.AssistantService/${name}`;
const turnId = "9b2f6c1e-0000-4000-8000-000000000000";
/** A request to each operation, by its id; undefined: a GET. */
const requests: Record<string, Came> = {
  createSpeech: { model: "tts-1", voice: "alloy", input: "Yes." },
  createChatCompletion: { model: "duet", messages: [{ role: "user", content: "[[say:Yes.]]" }] },
  listModels: undefined,
  getModel: undefined,
  listOpenAiVoices: undefined,
  Converse: { text: "[[say:Yes.]]", sessionId: "s" },
  Speak: { text: "Yes." },
  Interrupt: { turnId },
  ReportPlayback: { turnId, played: {} },
  GetSession: { sessionId: "s" },
  ListSessions: { userId: "ada" },
  DeleteSession: { sessionId: "s" },
  ListVoices: {},
  GetStatus: {},
};

describe("what is documented is what comes", () => {
  it("every operation has a request here, and every RPC is documented", () => {
    const ids = Object.values(document.paths as Came).flatMap((path: Came) =>
      Object.values(path).map((one: Came) => one.operationId),
    );
    assert.deepEqual([...ids].sort(), Object.keys(requests).sort());
    assert.ok(rpc("Converse") in document.paths);
    assert.equal(document.openapi, "3.1.1");
  });

  for (const [id, body] of Object.entries(requests))
    it(id, async () => {
      const [path, operation] = Object.entries(document.paths as Came)
        .flatMap(([path, ways]) => Object.values(ways as Came).map((one) => [path, one] as [string, Came]))
        .find(([, one]) => one.operationId === id) as [string, Came];
      const url = stack.url + path.replace("{id}", "duet");
      const response = body === undefined ? await fetch(url) : await post(url, body);
      const type = (response.headers.get("content-type") ?? "").split(";")[0] as string;
      let described = operation.responses[response.status] ?? operation.responses.default;
      if (described.$ref) described = document.components.responses[described.$ref.split("/").at(-1)];
      assert.ok(described.content[type], `${response.status} ${type}`);
      const text = await response.text();
      if (!/json$/.test(type)) return;
      const isContract = operation.tags[0] === "Bare JSON" && response.ok;
      const validate = validator(described.content[type].schema, isContract);
      for (const line of type === "application/x-ndjson" ? text.trim().split("\n") : [text]) {
        const read = validate.safeParse(JSON.parse(line));
        assert.ok(read.success, `${line}: ${read.error}`);
      }
    });

  it("errors too", async () => {
    const openai = await post(`${stack.url}/v1/audio/speech`, {});
    assert.ok(validator({ $ref: "#/components/schemas/OpenAiError" }).safeParse(await openai.json()).success);
    const connect = await post(stack.url + rpc("Speak"), {});
    assert.ok(validator({ $ref: "#/components/schemas/ConnectError" }).safeParse(await connect.json()).success);
    assert.ok(
      !validator({ $ref: "#/components/schemas/OpenAiError" }).safeParse({ detail: "x" }).success,
      "it can fail",
    );
  });
});

it("the page and all that it loads come from here", async () => {
  for (const path of ["/docs", "/docs/start.js", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"]) {
    const response = await fetch(stack.url + path);
    assert.equal(response.status, 200);
    const text = await response.text();
    if (path === "/docs" || path === "/docs/start.js") assert.doesNotMatch(text, /https?:\/\//);
  }
});
