/**
 * What models write around the parts of an answer that are not the answer: each marker as its tokenizer spells it, but in lower case, since
 * models vary the case of tags. What stands in square brackets is taken as it is written: in prose `[think]` is a word. Gathered from the chat templates and parsers of the families that are named, autumn 2026.
 */

/** What stands between two markers: what the model thinks, or a call of a tool. */
export type HiddenKind = "thought" | "call";

/** A pair of markers. */
export interface Marker {
  readonly kind: HiddenKind;
  readonly opens: string;
  /** What ends it, whichever comes first; none: it lasts to the end of the answer. */
  readonly closes: readonly string[];
}

const tags = (kind: HiddenKind, names: readonly string[]): Marker[] =>
  names.map((name) => ({ kind, opens: `<${name}>`, closes: [`</${name}>`] }));
const pair = (kind: HiddenKind, opens: string, ...closes: string[]): Marker => ({ kind, opens, closes });

/** Every pair of markers. */
export const markers: readonly Marker[] = [
  // Qwen, DeepSeek, GLM, MiniMax, Seed, LongCat, and models that were told to think aloud.
  ...tags("thought", ["think", "thinking", "thought", "thoughts", "reason", "reasoning", "reflection"]),
  ...tags("thought", ["seed:think", "mm:think", "longcat_think", "antml:thinking", "deepseek_thought"]),
  ...tags("thought", ["inner_monologue", "inner_thoughts", "scratchpad", "reasoning_scratchpad"]),
  // Magistral, Kimi, Cohere, OpenThinker, MedGemma, Gemma 4.
  pair("thought", "[THINK]", "[/THINK]"),
  pair("thought", "◁think▷", "◁/think▷"),
  pair("thought", "<|start_thinking|>", "<|end_thinking|>"),
  pair("thought", "<|begin_of_thought|>", "<|end_of_thought|>"),
  pair("thought", "<unused94>", "<unused95>"),
  pair("thought", "<|channel>", "<channel|>"),
  // Hermes and Qwen, Granite, Nemotron, MiniMax, LongCat, Seed, Claude's form.
  ...tags("call", ["tool_call", "tool_calls", "function_call", "function_calls", "toolcall", "tool_code"]),
  ...tags("call", ["minimax:tool_call", "longcat_tool_call", "seed:tool_call"]),
  pair("call", "<function=", "</function>"),
  // Mistral writes nothing after its calls; Llama 3 ends its with a token that servers drop.
  pair("call", "[TOOL_CALLS]"),
  pair("call", "[TOOL_REQUEST]", "[END_TOOL_REQUEST]"),
  pair("call", "<|python_tag|>", "<|eom_id|>", "<|eot_id|>"),
  // DeepSeek with its full-width bars and with plain ones, Kimi, Cohere, InternLM, LFM, Gemma 4.
  pair("call", "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"),
  pair("call", "<|tool▁calls▁begin|>", "<|tool▁calls▁end|>"),
  pair("call", "<｜dsml｜function_calls>", "</｜dsml｜function_calls>"),
  pair("call", "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"),
  pair("call", "<|start_action|>", "<|end_action|>"),
  pair("call", "<|action_start|>", "<|action_end|>"),
  pair("call", "<|tool_call_start|>", "<|tool_call_end|>"),
  pair("call", "<|tool_call|>", "<|/tool_call|>"),
  pair("call", "<|tool_call>", "<tool_call|>"),
];

/** Markers that close; one that nothing opened is dropped all the same. */
export const closers: readonly string[] = [...new Set(markers.flatMap(({ closes }) => closes))];

/** Those that end a thought: met without an opener, the template had opened it. */
export const thoughtClosers: readonly string[] = markers
  .filter(({ kind }) => kind === "thought")
  .flatMap(({ closes }) => closes);

/** Marks of a chat template that begin a header, with what ends the header. Behind it comes what the header's name says. */
export const headers: Readonly<Record<string, readonly string[]>> = {
  // OpenAI's harmony: `<|start|>ROLE<|channel|>NAME<|message|>`.
  "<|start|>": ["<|channel|>", "<|message|>"],
  "<|channel|>": ["<|message|>"],
  // Llama 3, ChatML, Gemma 2 and 3, Gemma 4.
  "<|start_header_id|>": ["<|end_header_id|>"],
  "<|im_start|>": ["\n"],
  "<start_of_turn>": ["\n"],
  "<|turn>": ["\n"],
};

/** Where a part that a header has named ends. The next header, or the mark, is read by itself. */
export const partEnds: readonly string[] = [...Object.keys(headers), "<|end|>", "<|return|>", "<|call|>"];

/** Marks of templates that are not of the form `<|…|>`. */
export const strays: readonly string[] = ["<end_of_turn>", "<turn|>", "<|think|>", "<eos>", "<bos>", "<pad>"];

/**
 * Harmony without its marks, as servers send it that drop special tokens: `analysisThe user asks.assistantfinalParis.` It is looked for at
 * the beginning alone, and of a model that is known to write so.
 */
export const bareChannel: Marker = { kind: "thought", opens: "analysis", closes: ["assistantfinal"] };
