import assert from "node:assert/strict";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  type ConverseRequestSchema,
  OpenerMode,
  Outcome,
  Role,
  SegmentSource,
  StoreKind,
  ThinkingMode,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { usualOpenings } from "../../infra/settings/openings.ts";
import { createGrpcClient } from "../support/callers.ts";
import { readTurn } from "../support/events.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

const { LIST, SOFT } = OpenerMode;
const english = usualOpenings.en as readonly string[];
const question = "[[say:The sky is blue since air scatters short waves.]] Why is the sky blue?";

let stack: Stack;
let customer: ReturnType<typeof createGrpcClient>;
beforeAll(async () => {
  stack = await startStack({
    vllm: { openings: 1 },
    edge: { openings: usualOpenings },
    // Whatever they hold up: nothing here is as slow as it would have to be.
    settings: { DUET_SYNTHESIZE_OPENER_LIST_FROM_MS: "0", DUET_GENERATE_HOLD_OPENINGS: "32", DUET_LOG_LEVEL: "info" },
  });
  customer = createGrpcClient(stack.url);
  // The first turn in a voice has its openings made.
  await converse({ opener: LIST });
  await until("they are at hand", () => stack.synthesize.written.includes("prepared texts is in the cache"));
});
afterAll(async () => {
  customer?.close();
  await stack?.close();
});

/** A turn: its words, where its first segment comes from, and what the model was asked. */
async function converse(request: MessageInitShape<typeof ConverseRequestSchema>) {
  const turn = await readTurn(customer.client.converse({ text: question, ...request }));
  const [first] = turn.events.flatMap(({ event }) => (event.case === "segment" ? [event.value] : []));
  const body = stack.vllm.seen().at(-1)?.body as Body;
  const asked = body.messages.at(-1)?.content ?? "";
  const listed = english.filter((opening) => asked.includes(`- ${opening}`));
  return { ...turn, mode: turn.started.openerMode, first, listed, body };
}
interface Body {
  readonly messages: readonly { readonly content: string }[];
  readonly structured_outputs?: { readonly regex?: string };
}

describe("a turn that asks for a listed opening", () => {
  it("begins with one, which is text as any other, and no engine is asked for it", async () => {
    const { text, mode, first, listed, body, finished } = await converse({ opener: LIST });
    assert.deepEqual([mode, listed, finished.outcome], [LIST, english, Outcome.COMPLETED]);
    const opening = english.find((one) => text.startsWith(one));
    assert.equal(text, `${opening} The sky is blue since air scatters short waves.`);
    assert.deepEqual([first?.source, first?.start, first?.end], [SegmentSource.OPENER, 0, opening?.length]);
    assert.equal(first?.spoken.replace(/\W/g, ""), opening?.replace(/\W/g, ""));
    assert.deepEqual([first?.spans[0]?.start, first?.spans.at(-1)?.end], [0, opening?.length]);
    assert.match(body.structured_outputs?.regex ?? "", /^\(\?:[^|]+(?:\|[^|]+)+\)\(\?:\.\|\\n\)\*$/);
    const made = stack.fish[0]?.seen().map(({ body }) => (body as { text?: string }).text ?? "");
    const times = made?.filter((text) => text.startsWith(first?.spoken ?? "nothing")).length;
    assert.equal(times, 1, "when the voice was first used");
  });

  it("does not begin as one of the last five answers did", async () => {
    const used = english.slice(0, 5);
    const history = used.flatMap((opening) => [
      { role: Role.USER, content: "And?" },
      { role: Role.ASSISTANT, content: `${opening} It is.` },
    ]);
    const { listed, text } = await converse({ opener: LIST, history });
    assert.deepEqual(listed, english.slice(5));
    assert.ok(listed.some((opening) => text.startsWith(opening)));
  });

  it("keeps it in its session, and does not ask for it in the next turn", async () => {
    const session = { sessionId: "openings", opener: LIST };
    const before = new Set<string>();
    for (let turn = 0; turn < 3; turn++) {
      const { text, listed } = await converse(session);
      assert.deepEqual(
        listed,
        english.filter((opening) => !before.has(opening)),
      );
      before.add(english.find((opening) => text.startsWith(opening)) ?? "none");
    }
    const { messages } = await customer.client.getSession({ sessionId: "openings" });
    const answers = messages.filter(({ role }) => role === Role.ASSISTANT);
    assert.ok(answers.every(({ text, heardEnd }) => heardEnd === text.length));
    assert.deepEqual(new Set(answers.map(({ text }) => english.find((one) => text.startsWith(one)))), before);
  });

  it("can be stopped in its opening", async () => {
    const long = `[[say:${"The sky is blue since air scatters short waves. ".repeat(20)}]] Why is the sky blue?`;
    const turn = customer.client.converse({ text: long, opener: LIST, sessionId: "stopped" });
    let turnId = "";
    for await (const { event } of turn) {
      if (event.case === "started") turnId = event.value.turnId;
      if (event.case === "audio") await customer.client.interrupt({ turnId, played: { segment: 0, offset: 2000 } });
      if (event.case === "finished") assert.equal(event.value.outcome, Outcome.INTERRUPTED);
    }
    const { messages } = await customer.client.getSession({ sessionId: "stopped" });
    const { text = "", heardEnd = 0 } = messages.at(-1) ?? {};
    assert.ok(
      english.some((opening) => text.startsWith(opening) && heardEnd < opening.length),
      `${heardEnd}`,
    );
  });

  it.each<[string, MessageInitShape<typeof ConverseRequestSchema>]>([
    ["an answer is held to a shape", { constraint: { shape: { case: "choice", value: { options: ["yes", "no"] } } } }],
    ["the model may think", { generation: { thinking: ThinkingMode.ON } }],
    ["there are none in its language", { language: "sv" }],
  ])("is asked for none where %s", async (_, request) => {
    const { listed, mode, first } = await converse({ opener: LIST, ...request });
    assert.deepEqual([listed, mode], [[], SOFT]);
    assert.notEqual(first?.source, SegmentSource.OPENER);
  });
});

it("GetStatus says what is in use, and GetEngine how much is kept", async () => {
  const { openerMode, cache } = await customer.client.getStatus({});
  assert.equal(openerMode, OpenerMode.SOFT);
  assert.deepEqual([cache?.kind, cache?.ready, cache?.maxBytes], [StoreKind.MEMORY, true, 64 * 2 ** 20]);
  assert.ok((cache?.bytes ?? 0) > 100_000 && (cache?.hitShare ?? 0) > 0, "openings were heard again");
});

it("a turn that does not ask for one is asked for none", async () => {
  const { listed, mode, first } = await converse({});
  assert.deepEqual(listed, []);
  assert.notEqual(mode, LIST);
  assert.notEqual(first?.source, SegmentSource.OPENER);
});

it("a text that is to be spoken as it is begins as it does", async () => {
  const { started } = await readTurn(customer.client.speak({ text: "Good question! It is.", opener: LIST }));
  assert.equal(started.openerMode, SOFT);
});
