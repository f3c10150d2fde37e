import assert from "node:assert/strict";
import { afterAll, beforeAll, it } from "vitest";
import { type ProfileHouse, startHouse } from "../profiles/fixture.ts";
import { type Came, post, readError } from "./ask.ts";

let house: ProfileHouse;
let edge: Awaited<ReturnType<ProfileHouse["startEdge"]>>;
beforeAll(async () => {
  house = await startHouse();
  edge = await house.startEdge();
});
afterAll(async () => {
  await edge?.end();
  await house?.close();
});

const speech = { model: "tts-1", input: "ACME sells it.", voice: "alloy" };
const chat = { model: "duet", messages: [{ role: "user", content: "[[say:Yes, of course.]]" }] };
const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const ask = (path: string, body: object, headers = {}) => post(`${edge.program.url}${path}`, body, headers);

it("a profile gives speech its voice, its language and its words", async () => {
  assert.equal((await ask("/v1/audio/speech", { ...speech, profile: "shop" })).status, 200);
  const spoken = house.stack.fish[0]?.seen().at(-1) as Came;
  assert.deepEqual([spoken.voice, spoken.body.text], ["hans", "ack me sells it."]);
});

it("a profile gives chat its instructions and its limits", async () => {
  assert.equal((await ask("/v1/chat/completions", { ...chat, profile: "shop", max_tokens: 500 })).status, 200);
  const { messages, max_tokens, temperature } = (house.stack.vllm.seen().at(-1) as Came).body;
  assert.deepEqual(messages[0], { role: "system", content: "You sell bicycles." });
  assert.deepEqual([max_tokens, temperature], [60, 0.3]);
});

it("a profile that is not there is refused by its field", async () => {
  for (const [path, body] of [
    ["/v1/audio/speech", speech],
    ["/v1/chat/completions", chat],
  ] as const) {
    const refused = await ask(path, { ...body, profile: "shopp" });
    assert.deepEqual([refused.status, (await readError(refused)).param], [400, "profile"]);
  }
});

it("a caller's trace reaches the model server", async () => {
  for (const more of [
    {},
    { stream: true },
    { modalities: ["text", "audio"], audio: { voice: "alloy", format: "wav" } },
  ]) {
    const response = await ask("/v1/chat/completions", { ...chat, ...more }, { traceparent });
    assert.equal(response.status, 200);
    await response.text();
    assert.equal(house.stack.vllm.seen().at(-1)?.headers.traceparent, traceparent);
  }
});
