import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatEvent, ChatRequest } from "../chat.ts";
import { askFor, openingFaults, withOpenings } from "./openings.ts";

const openings = ["Good question.", "Let me think.", "Go on!"];
const request: ChatRequest = {
  requestId: "r",
  model: undefined,
  messages: [
    { role: "system", content: "Answer." },
    { role: "user", content: "Why?" },
  ],
  maxTokens: 10,
  sampling: {},
  stop: [],
  constraint: undefined,
  priority: 0,
  traceparent: undefined,
  openings,
};

/** What a caller gets where a server writes `pieces`, and what the server was asked. */
async function answer(pieces: readonly string[], { hold = 3, guesses = false, ...given }: Given = {}) {
  const asked: ChatRequest[] = [];
  let broken = 0;
  const layer = withOpenings({ hold, guesses: () => guesses, broken: () => broken++ });
  const chat = layer(async function* (request): AsyncGenerator<ChatEvent> {
    asked.push(request);
    yield { type: "accepted", model: "m" };
    yield { type: "started", model: "m" };
    for (const text of pieces) yield { type: "delta", text };
    yield { type: "finished", reason: "stop", usage: undefined };
  });
  const run = async () => {
    const events = await Array.fromAsync(chat({ ...request, ...given }, new AbortController().signal));
    const started = events.flatMap((event) => (event.type === "started" ? [event.openingHeld ?? false] : []));
    assert.deepEqual([started.length, events.some(({ type }) => type === "accepted")], [1, false]);
    return { texts: events.flatMap((event) => (event.type === "delta" ? [event.text] : [])), started };
  };
  const { texts, started } = await run();
  return { texts, text: texts.join(""), held: started[0], asked, broken, run };
}
type Given = Partial<ChatRequest> & { hold?: number; guesses?: boolean };

describe("an answer that is held to its openings", () => {
  it.each([
    ["is certain from its first token", ["Let", " me", " think.", " It is."], ["Let me think. ", "It is."]],
    ["is certain once it fits one alone", ["Go", "od", " question. It", " is."], ["Go", "od question. ", "It", " is."]],
    ["may come whole", ["Good question. It is."], ["Good question. It is."]],
    ["may begin with blanks", ["\n", "Let me think. It."], ["\n", "Let me think. It."]],
    ["keeps its lines", ["Let me think.", "\n\n1. It"], ["Let me think. ", "\n\n1. It"]],
    ["may end with its opening", ["Let", " me think."], ["Let me think. "]],
    ["may be cut in its opening", ["Let"], ["Let me think. "]],
  ])("%s", async (_, pieces, texts) => {
    const { texts: given, held, broken } = await answer(pieces);
    assert.deepEqual([given, held, broken], [texts, true, 0]);
  });

  it("has no space behind a Chinese opening", async () => {
    const { texts } = await answer(["让", "我想", "想。天", "空"], { openings: ["让我想想。", "问得很好。"] });
    assert.deepEqual(texts, ["让我想想。", "天", "空"]);
  });

  it("says nothing twice where one opening begins as another", async () => {
    const openings = ["Good question.", "Good question. Well then."];
    for (const rest of [" We have it.", " Well done.", " It is.", ""]) {
      const written = `Good question.${rest}`;
      for (const size of [1, 2, 3, 5, 100]) {
        const pieces = written.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
        const { text, broken } = await answer(pieces, { openings });
        assert.deepEqual([text, broken], [written, 0], `pieces of ${size}`);
      }
    }
  });

  it("keeps a space behind a Chinese opening that the model wrote itself", async () => {
    const { texts } = await answer(["让我想想。 天空"], { openings: ["让我想想。", "问得很好。"] });
    assert.deepEqual(texts, ["让我想想。 天空"]);
  });

  it("is the same text however it comes, and loses nothing of it", async () => {
    const words = fc.constantFrom("a", "b", "ab", " ", ".", "。", "好", "\n");
    const text = fc.array(words, { minLength: 1, maxLength: 6 }).map((some) => some.join(""));
    const opening = text.map((one) => one.trim()).filter((one) => one !== "");
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(opening, { minLength: 1, maxLength: 3 }),
        fc.nat(2),
        fc.array(words, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        async (openings, which, rest, sizes) => {
          const kept = openings[which % openings.length] as string;
          const written = `${kept}${rest.join("")}`;
          const pieces: string[] = [];
          for (let at = 0, i = 0; at < written.length; at += sizes[i++ % sizes.length] as number)
            pieces.push(written.slice(at, at + (sizes[i % sizes.length] as number)));
          const cut = await answer(pieces, { openings });
          const whole = await answer([written], { openings });
          assert.deepEqual([cut.broken, whole.broken], [0, 0]);
          const isOpen = openings.some((one) => openings.some((other) => one !== other && other.startsWith(one)));
          if (!isOpen) assert.equal(cut.text.trimEnd(), whole.text.trimEnd());
          // But for the space behind the opening, it is what the model wrote.
          const bare = (text: string) => text.replaceAll(" ", "");
          assert.equal(bare(cut.text), bare(written));
          assert.ok(cut.text.startsWith(kept));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    [1, 2],
    [2, 0],
  ])("held to %i it has begun once a server has taken the request: %i events", async (hold, count) => {
    const layer = withOpenings({ hold, guesses: () => false, broken: assert.fail });
    const accepted = { type: "accepted", model: "m", queuedMs: 7 } as const;
    const chat = layer(async function* (): AsyncGenerator<ChatEvent> {
      // The first server dies, and a second takes the request.
      yield* [accepted, accepted];
      throw new Error("both are dead");
    });
    const events: ChatEvent[] = [];
    const run = async () => {
      for await (const event of chat({ ...request, openings: ["Go on!", "Well."] }, new AbortController().signal))
        events.push(event);
    };
    await assert.rejects(run, /dead/);
    const [started, delta] = events;
    assert.equal(events.length, count);
    if (count === 0) return;
    assert.deepEqual(started, { ...accepted, type: "started", openingHeld: true });
    assert.match(delta?.type === "delta" ? delta.text : "", /^(Go on!|Well\.) $/);
  });

  it("follows it from its beginning if the server did not hold it, and none is held to any more", async () => {
    const { text, broken, run, asked } = await answer(["Let", " us see. It is."]);
    assert.deepEqual([text, broken], ["Let me think. Let us see. It is.", 1]);
    await run();
    assert.equal(asked.at(-1)?.constraint, undefined);
  });

  it("is what it is if it begins with none of them", async () => {
    const { text, broken } = await answer(["It", " is."]);
    assert.deepEqual([text, broken], ["It is.", 1]);
  });

  it("is asked for by a pattern that takes it, and nothing that begins otherwise", async () => {
    const { asked } = await answer(["Let me think. It is."]);
    const { constraint } = asked[0] as ChatRequest;
    assert.ok(constraint?.type === "regex");
    const pattern = new RegExp(`^(?:${constraint.pattern})$`, "u");
    for (const text of ["Good question. It\nis.", "Let me think.", "Go on!"]) assert.match(text, pattern);
    for (const text of ["It is.", "Good questions It", " Good question."]) assert.doesNotMatch(text, pattern);
  });
});

describe("a server is not held to openings", () => {
  it.each<[string, Given]>([
    ["unless the operator says so", { hold: 0 }],
    ["while it guesses tokens ahead", { guesses: true }],
  ])("%s, but asked", async (_, given) => {
    const { asked, text, held } = await answer(["It is."], given);
    assert.equal(asked[0]?.constraint, undefined);
    assert.match(
      asked[0]?.messages.at(-1)?.content ?? "",
      /^Why\?\n\n[\s\S]*:\n- Good question\.\n- Let me think\.\n- Go on!$/,
    );
    assert.deepEqual([text, held], ["It is.", false]);
  });

  it.each<[string, Given]>([
    ["with a shape", { constraint: { type: "choice", options: ["yes"] } }],
    ["with tools", { tools: { definitions: [] } }],
    ["while it may think", { thinking: true }],
    ["without any", { openings: [] }],
  ])("nor asked %s", async (_, given) => {
    const { asked } = await answer(["It is."], given);
    expect(asked[0]).toEqual({ ...request, ...given });
  });
});

describe("the openings of a request", () => {
  const faultsOf = (...texts: readonly string[]) => [...openingFaults(texts)].map(([field]) => field);
  const line = (length: number) => "好".repeat(length);

  it.each<[what: string, texts: string[], fields: string[]]>([
    ["are few", Array(32).fill("Well."), []],
    ["are not many", Array(33).fill("Well."), ["openings"]],
    ["are lines", ["Go on!", "Let me see…", "让我想想。"], []],
    ["are not empty", ["Well.", "", " "], ["openings[1]", "openings[2]"]],
    ["have no white space around them", [" Well.", "Well. ", "Well.\n"], ["openings[0]", "openings[1]", "openings[2]"]],
    ["are one line each", ["Well.\nYes.", "Well.\rYes.", "Well.\tYes."], ["openings[0]", "openings[1]"]],
    ["are short", [line(100), "𠮷".repeat(100), line(101)], ["openings[2]"]],
  ])("%s", (_, texts, fields) => assert.deepEqual(faultsOf(...texts), fields));

  it("are told what they may be", () => {
    const [many, long] = [...openingFaults([...Array(32).fill("Well."), line(101)])];
    assert.match(many?.[1] ?? "", /more than 32/);
    assert.match(long?.[1] ?? "", /1 to 100 characters/);
  });
});

it("asks behind the last question, in its language, and leaves what stands before as it was", () => {
  const messages = [
    ...request.messages,
    { role: "assistant", content: "So." },
    { role: "user", content: "为什么？" },
  ] as const;
  const [system, first, second, last] = askFor(["让我想想。"], messages);
  assert.deepEqual([system, first, second], messages.slice(0, 3));
  assert.match(last?.content ?? "", /^为什么？\n\n合适就以[\s\S]*：\n- 让我想想。$/);
});
