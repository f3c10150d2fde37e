/**
 * The markers that models write around those parts of their output that are not the answer. They are written here as in
 * the models' tokenizers, but in lower case, since models vary the case of tags. Markers in square brackets are
 * case-sensitive, because `[think]` may occur in prose. Collected from the chat templates and parsers of the model
 * families named below, autumn 2026.
 */

/** What stands between two markers: a thought, or a tool call. */
export type HiddenKind = "thought" | "call";

/** A marker that opens a hidden part of the text, and the markers that close this part. */
export interface Marker {
  readonly kind: HiddenKind;
  readonly opens: string;
  /**
   * The closing markers: whichever comes first in the text ends the part. If this list is empty, the part extends to
   * the end of the answer.
   */
  readonly closes: readonly string[];
}

const tags = (kind: HiddenKind, names: readonly string[]): Marker[] =>
  names.map((name) => ({ kind, opens: `<${name}>`, closes: [`</${name}>`] }));
const pair = (kind: HiddenKind, opens: string, ...closes: string[]): Marker => ({ kind, opens, closes });

/** All opening markers, each with its closing markers. */
export const markers: readonly Marker[] = [
  // The tags around thoughts of Qwen, DeepSeek, GLM, MiniMax, Seed, LongCat, and of models prompted to think aloud.
  ...tags("thought", ["think", "thinking", "thought", "thoughts", "reason", "reasoning", "reflection"]),
  ...tags("thought", ["seed:think", "mm:think", "longcat_think", "antml:thinking", "deepseek_thought"]),
  ...tags("thought", ["inner_monologue", "inner_thoughts", "scratchpad", "reasoning_scratchpad"]),
  // Thoughts of Magistral, Kimi, Cohere, OpenThinker, MedGemma and Gemma 4.
  pair("thought", "[THINK]", "[/THINK]"),
  pair("thought", "◁think▷", "◁/think▷"),
  pair("thought", "<|start_thinking|>", "<|end_thinking|>"),
  pair("thought", "<|begin_of_thought|>", "<|end_of_thought|>"),
  pair("thought", "<unused94>", "<unused95>"),
  pair("thought", "<|channel>", "<channel|>"),
  // Markers of tool calls: Hermes and Qwen, Granite, Nemotron, MiniMax, LongCat and Seed, and Claude's format.
  ...tags("call", ["tool_call", "tool_calls", "function_call", "function_calls", "toolcall", "tool_code"]),
  ...tags("call", ["minimax:tool_call", "longcat_tool_call", "seed:tool_call"]),
  pair("call", "<function=", "</function>"),
  // Tool calls without a closing marker: Mistral writes nothing after its calls; Llama 3 ends them with a token that
  // servers drop.
  pair("call", "[TOOL_CALLS]"),
  pair("call", "[TOOL_REQUEST]", "[END_TOOL_REQUEST]"),
  pair("call", "<|python_tag|>", "<|eom_id|>", "<|eot_id|>"),
  // Markers of tool calls: DeepSeek (with full-width bars or plain ones), Kimi, Cohere, InternLM, LFM and Gemma 4.
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

/** All closing markers; a closing marker without an opening one is removed too. */
export const closers: readonly string[] = [...new Set(markers.flatMap(({ closes }) => closes))];

/**
 * The markers that end a thought. If such a marker comes without an opening one, the chat template had opened the
 * thought.
 */
export const thoughtClosers: readonly string[] = markers
  .filter(({ kind }) => kind === "thought")
  .flatMap(({ closes }) => closes);

/**
 * Template marks that begin a header, each with the marks that end the header. The header's name tells what kind of
 * text follows.
 */
export const headers: Readonly<Record<string, readonly string[]>> = {
  // The headers of OpenAI's harmony: `<|start|>ROLE<|channel|>NAME<|message|>`.
  "<|start|>": ["<|channel|>", "<|message|>"],
  "<|channel|>": ["<|message|>"],
  // The markers that open and close message headers in Llama 3, ChatML, Gemma 2 and 3, and Gemma 4.
  "<|start_header_id|>": ["<|end_header_id|>"],
  "<|im_start|>": ["\n"],
  "<start_of_turn>": ["\n"],
  "<|turn>": ["\n"],
};

/** The marks that end the text after a template header. One that begins a header itself is then read as such. */
export const partEnds: readonly string[] = [...Object.keys(headers), "<|end|>", "<|return|>", "<|call|>"];

/** Marks of chat templates that are removed without any effect on the text around them. */
export const strays: readonly string[] = ["<end_of_turn>", "<turn|>", "<|think|>", "<eos>", "<bos>", "<pad>"];

/**
 * OpenAI's harmony format as servers send it if they drop its special tokens:
 * `analysisThe user asks.assistantfinalParis.` It is recognized only at the beginning of an answer, and only for models
 * known to write harmony.
 */
export const bareChannel: Marker = { kind: "thought", opens: "analysis", closes: ["assistantfinal"] };
