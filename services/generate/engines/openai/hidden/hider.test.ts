import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, test } from "vitest";
import type { HiderOptions } from "./contract.ts";
import { createHider } from "./hider.ts";

const usual: HiderOptions = { opened: false, json: true };

/** What is let through of a text that arrives in these pieces. */
function read(pieces: readonly string[], options = usual, whole = true) {
  const hider = createHider(options);
  const text = pieces.map((piece) => hider.take(piece)).join("") + hider.end(whole);
  return { text, thought: hider.thoughts > 0, leftOut: hider.leftOut, unopened: hider.unopened };
}

type Row = [what: string, written: string, shown: string, besides?: "thought" | "leftOut"];

const call = '{"name": "get_weather", "arguments": {"city": "Paris {\\"x\\"}", "days": [1, 2]}}';
const hidden: Row[] = [
  ...(
    "think thinking thought thoughts reason reasoning reflection seed:think mm:think longcat_think antml:thinking " +
    "deepseek_thought inner_monologue inner_thoughts scratchpad reasoning_scratchpad"
  )
    .split(" ")
    .map((name): Row => [`<${name}>`, `<${name}>\nThe user greets me.\n</${name}>\n\nHello.`, "Hello.", "thought"]),
  ...[
    ["Cohere's thought", "<|START_THINKING|>", "<|END_THINKING|>"],
    ["OpenThinker's thought", "<|begin_of_thought|>", "<|end_of_thought|>"],
    ["MedGemma's thought", "<unused94>", "<unused95>"],
  ].map(([what = "", opens, closes]): Row => [what, `${opens}Hm.${closes}Hello.`, "Hello.", "thought"]),
  ...[
    ["<tool_calls>", "<tool_calls>", "</tool_calls>"],
    ["<function_calls>", "<function_calls>", "</function_calls>"],
    ["<toolcall>", "<toolcall>", "</toolcall>"],
    ["<tool_code>", "<tool_code>", "</tool_code>"],
    ["MiniMax's call", "<minimax:tool_call>", "</minimax:tool_call>"],
    ["LongCat's call", "<longcat_tool_call>", "</longcat_tool_call>"],
    ["Seed's call", "<seed:tool_call>", "</seed:tool_call>"],
    ["a request of a tool", "[TOOL_REQUEST]", "[END_TOOL_REQUEST]"],
    ["DeepSeek's markup", "<｜DSML｜function_calls>", "</｜DSML｜function_calls>"],
    ["Kimi's calls", "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"],
    ["Cohere's action", "<|START_ACTION|>", "<|END_ACTION|>"],
    ["InternLM's action", "<|action_start|>", "<|action_end|>"],
    ["a call between bars", "<|tool_call|>", "<|/tool_call|>"],
    ["Gemma's call", "<|tool_call>", "<tool_call|>"],
  ].flatMap(([what = "", opens, closes]): Row[] => [
    [what, `Wait. ${opens}get(1)${closes}Done.`, "Wait. Done.", "leftOut"],
    [`${what}, empty`, `Wait. ${opens}${closes}Done.`, "Wait. Done.", "leftOut"],
  ]),
  ...[
    "<|eot_id|>",
    "<|im_end|>",
    "<end_of_turn>",
    "<turn|>",
    "<|think|>",
    "<eos>",
    "<bos>",
    "<pad>",
    "<unused12345>",
  ].map((stray): Row => [`${stray}, which is left over`, `Hello.${stray}`, "Hello."]),
  ["a token of forty letters", `Hello.<|${"a".repeat(40)}|>`, "Hello."],
  ["capitals", "<Think>Hm.</THINK>Hello.", "Hello.", "thought"],
  ["a tag with an attribute", '<think time="3" mode=deep>Hm.</think>Hello.', "Hello.", "thought"],
  ["a call with an attribute", "Wait. <tool_call name='get'>{}</tool_call>Done.", "Wait. Done.", "leftOut"],
  ["blanks within tags", "<think >Hm.</think\n>Hello.", "Hello.", "thought"],
  ["a tag that closes itself", "<think/>Hello.<think />", "Hello."],
  ["letters that are longer in lower case", "<think>İİİİİİİİİ</think>Hello.", "Hello.", "thought"],
  ["an empty thought", "<think>\n\n</think>\n\nHello.", "Hello."],
  ["[THINK]", "[THINK]Hm. [1] [/TH[/THINK]Hello.", "Hello.", "thought"],
  ["Kimi's signs", "◁think▷Hm.◁/think▷Hello.", "Hello.", "thought"],
  ["an opener that is never closed", "<think>The user wants", "", "thought"],
  ["a thought in mid-answer", "Well, <think>hm</think> yes.", "Well, yes.", "thought"],
  [
    "a thought about the tag",
    "<think>He asks about `</think>` and '</think>'. So.</think>It ends.",
    "It ends.",
    "thought",
  ],
  ["a thought behind tildes within a line", "So ~~~<think>hm</think> yes.", "So ~~~ yes.", "thought"],
  ["two thoughts", "<think>a</think>One. <think>b</think>Two.", "One. Two.", "thought"],
  [
    "harmony",
    "<|channel|>analysis<|message|>The user asks.<|end|><|start|>assistant<|channel|>final<|message|>Paris.<|return|>",
    "Paris.",
    "thought",
  ],
  ["harmony, cut", "<|channel|>analysis<|message|>The user asks", "", "thought"],
  [
    "harmony's call",
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary to=functions.get <|constrain|>json<|message|>{"a":1}<|call|>',
    "",
    "leftOut",
  ],
  [
    "harmony's call, named before the channel",
    '<|start|>assistant to=functions.get<|channel|>commentary json<|message|>{"a":1}<|call|>',
    "",
    "leftOut",
  ],
  ["Gemma's channel", "<|channel>thought\nHm.<channel|>Hello.", "Hello.", "thought"],
  ["<tool_call>", `<tool_call>\n${call}\n</tool_call>`, "", "leftOut"],
  ["<function_call>", `Wait. <function_call>${call}</function_call>`, "Wait. ", "leftOut"],
  ["<function=…>", "<function=get><parameter=a>1</parameter></function>Done.", "Done.", "leftOut"],
  ["[TOOL_CALLS]", `[TOOL_CALLS][${call}]`, "", "leftOut"],
  ["<|python_tag|>", `<|python_tag|>${call}<|eom_id|>`, "", "leftOut"],
  ["DeepSeek's calls", `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>get{}<｜tool▁calls▁end｜>`, "", "leftOut"],
  ["DeepSeek's calls with plain bars", "<|tool▁calls▁begin|>get{}<|tool▁calls▁end|>Done.", "Done.", "leftOut"],
  ["LFM's calls", "<|tool_call_start|>[get(a=1)]<|tool_call_end|>Done.", "Done.", "leftOut"],
  ["a bare call", call, "", "leftOut"],
  ["a bare call after text", `Let me look.\n${call}\nThere.`, "Let me look.\nThere.", "leftOut"],
  ["bare calls in a list", `[${call}, ${call}]`, "", "leftOut"],
  ["a bare call of OpenAI's shape", `{"type": "function", "function": ${call}}`, "", "leftOut"],
  ["Llama's call", '{"name": "get", "parameters": {"a": "1"}}', "", "leftOut"],
  ["a stray end of turn", "Hello.<|im_end|>", "Hello."],
  ["a stray header", "<|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|>", "Hello."],
  ["DeepSeek's end", "Hello.<｜end▁of▁sentence｜>", "Hello."],
  ["a turn that the model made up", "Hello.<|im_end|>\n<|im_start|>user\nAnd you?", "Hello.\n", "leftOut"],
  ["Gemma's spare tokens", "Office: <unused6226><unused12>good.<eos>", "Office: good."],
  ["Gemma's turns", "<start_of_turn>model\nHello.<end_of_turn>", "Hello."],
];

const kept: [what: string, written: string][] = [
  ["code", "Write `<think>` and then `</think>`, or ``<think>``."],
  ["a block of code", "So:\n```xml\n<think>\nhm\n</think>\n<tool_call>\n```\nThat is it."],
  ["white space before the first word", "\n \n  Hello."],
  ["a block of tildes", "~~~\n<think>\n~~~\nThere."],
  ["quotes", 'The tags "<think>" and “</think>” are marks.'],
  ["a token of forty-one letters", `Hello.<|${"a".repeat(41)}|>`],
  ["a token of another number", "Hello.<unused123456> <unused>"],
  ["HTML", "Use <b>bold</b>, <i>italic</i>, <thead> and <!-- this --> <function>."],
  ["comparisons", "a < b, a <b and c> d, 1<2, x <| y |> z, <||>, a <|b"],
  ["words behind a tag's name", "I <think so> and <thought that x = 1> and <think a=, <thinker> <think"],
  ["a word in brackets", "He [think] of [1] and [THINKING] and [tool]."],
  ["JSON that was asked for", '{"name": "Anna Schmidt", "age": 5, "arguments": {"a": 1}}'],
  ["more JSON", '{"name": "Anna", "age": 5}'],
  ["a list", '[{"name": "a"}, {"name": "b"}] and [1, 2] and {} and { "x": 1 }'],
  ["a schema of a function", '{"name": "get", "description": "gets", "parameters": {"type": "object"}}'],
  ["a call in code", `\`\`\`json\n${call}\n\`\`\``],
  ["something that ends where a mark might go on", "I <3 you and <thi"],
  ["Chinese in brackets", "【想】「好」《<书>》"],
];

/** Every way to part a text in two, each character by itself, and ways at random. */
function* partings(text: string): Generator<string[]> {
  yield [text];
  yield text.split("");
  for (let at = 1; at < text.length; at++) yield [text.slice(0, at), text.slice(at)];
}

describe("what is not the answer is not let through, however it is cut into tokens", () => {
  for (const [what, written, expected, besides] of hidden)
    test(what, () => {
      for (const pieces of partings(written)) {
        const { text, thought, leftOut } = read(pieces);
        assert.equal(text, expected, JSON.stringify(pieces));
        assert.deepEqual(
          besides === "leftOut" ? leftOut : [thought, leftOut],
          besides === "leftOut" || [besides === "thought", false],
        );
      }
    });
});

describe("what only looks like it goes through whole", () => {
  for (const [what, written] of kept)
    test(what, () => {
      for (const pieces of partings(written))
        assert.deepEqual(read(pieces), { text: written, thought: false, leftOut: false, unopened: false });
    });
});

test("any mixture reads the same however it is parted", () => {
  const piece = fc.constantFrom(
    ...hidden.map(([, written]) => written),
    ...kept.map(([, written]) => written),
    "\n\n",
    "`",
    " so ",
  );
  const cuts = fc.array(fc.nat(400), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), cuts, fc.boolean(), (written, at, opened) => {
      const text = written.join("");
      const borders = [0, ...at.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const pieces = borders.slice(1).map((border, i) => text.slice(borders[i], border));
      assert.deepEqual(read(pieces, { ...usual, opened }), read([text], { ...usual, opened }));
    }),
    { numRuns: 2000 },
  );
});

test("text that cannot be a mark is never held back", () => {
  for (const text of ["Hello", "a < ", "<b>", "[1]", "<|?", '{"age":', "{ x", "[THINGS", "`x`", "。"]) {
    assert.equal(createHider(usual).take(text), text);
  }
  const hider = createHider(usual);
  assert.equal(hider.take("Hello <thin"), "Hello ");
  assert.equal(hider.take("gs and"), "<things and");
});

describe("a closer that nothing opened", () => {
  test("is dropped, and what follows it is the answer", () => {
    for (const pieces of partings("The user greets me.\n</think>\n\nHello."))
      assert.deepEqual(read(pieces), {
        text: "The user greets me.\nHello.",
        thought: false,
        leftOut: false,
        unopened: true,
      });
  });

  const opened = { ...usual, opened: true };
  test("hides all before it where the template is known to open the thought", () => {
    for (const pieces of partings("The user greets me.\n</think>\n\nHello."))
      assert.deepEqual(read(pieces, opened), { text: "Hello.", thought: true, leftOut: false, unopened: false });
  });

  test("is not waited for once the server has shown that it takes thoughts out by itself", () => {
    const hider = createHider(opened);
    assert.equal(hider.take("Hel"), "");
    assert.equal(hider.release() + hider.take("lo.") + hider.end(true), "Hello.");
  });

  test("and never came: what there is, is the answer if the model ended it, and a thought if it was cut", () => {
    assert.equal(read(["Hello", " there."], opened).text, "Hello there.");
    assert.equal(read(["Hello", " there."], opened, false).text, "");
    assert.equal(read(["<think>Hm"], opened).text, "");
  });
});

describe("harmony whose marks the server has dropped", () => {
  const channels = { ...usual, channels: true };
  test("is told by the bare names of its channels", () => {
    for (const pieces of partings("analysisThe user greets me.assistantfinalHello."))
      assert.deepEqual(read(pieces, channels), { text: "Hello.", thought: true, leftOut: false, unopened: false });
  });
  for (const text of ["analysis of the poem", "analysis, then", "analyst", "An answer.", "<b>a</b>"])
    test(`is not ${text}`, () => {
      for (const pieces of partings(text)) assert.equal(read(pieces, channels).text, text);
    });
});

test("JSON that was asked for by its shape goes through, whatever it holds", () => {
  assert.equal(read([call], { ...usual, json: false }).text, call);
});
