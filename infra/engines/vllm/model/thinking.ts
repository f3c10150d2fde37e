/**
 * How a model thinks before it answers, as far as its name tells. Sources: vLLM's page on reasoning outputs (0.11 to
 * 0.26), SGLang's page on its reasoning parser, and chat templates on Hugging Face, autumn 2026.
 */
export interface ThinkingModel {
  /** The vLLM parser that separates thoughts from the text; undefined if vLLM chooses it by itself. */
  readonly parser: string | undefined;
  /**
   * Whether the model's chat template already contains the tag that opens a thought, so that the output contains only
   * the closing tag. `asked`: the template contains the tag unless thinking is turned off.
   */
  readonly opened: boolean | "asked";
  /** Whether requests state by an effort level how much the model thinks; thinking then cannot be turned off. */
  readonly byEffort: boolean;
}

const family = (name: RegExp, parser: string | undefined, rest: Partial<ThinkingModel> = {}) => ({
  name,
  model: { parser, opened: false, byEffort: false, ...rest },
});

/** Families of models that think. If several match a model's name, the first one applies. */
const families: readonly { readonly name: RegExp; readonly model: ThinkingModel }[] = [
  family(/gpt-?oss|^(?:openai\/)?(?:gpt-5|o[1-9](?:-|$))/, undefined, { byEffort: true }),
  family(/deepseek-?r1|r1-distill|qwq|glm-?z1|openreasoning|skywork-or1/, "deepseek_r1", { opened: true }),
  family(/deepseek-?v3\.[1-9]|deepseek-?v4/, "deepseek_v3"),
  family(/qwen-?3.*thinking/, "qwen3", { opened: true }),
  family(/qwen-?3\.[5-9]/, "qwen3", { opened: "asked" }),
  family(/qwen-?3(?!.*(?:instruct|coder|embed|rerank|omni|asr|tts))/, "qwen3"),
  family(/minimax-?m[1-9]/, "minimax_m2", { opened: true }),
  family(/glm-?(?:4\.[5-9]|[5-9])/, "glm45"),
  family(/magistral/, "mistral"),
  family(/seed-?oss/, "seed_oss"),
  family(/hunyuan-?a13b/, "hunyuan_a13b"),
  family(/granite-?(?:3\.[23]|4)/, "granite"),
  family(/gemma-?4/, "gemma4"),
  family(/ernie-?4\.5.*(?:vl|thinking)/, "ernie45"),
  family(/kimi-?k2.*thinking/, "kimi_k2", { opened: true }),
];

/** How a model thinks, as far as its name on a server or on Hugging Face tells; undefined if it tells nothing. */
export function thinkingOf(model: string): ThinkingModel | undefined {
  const name = model.toLowerCase().replace(/[_ ]/g, "-");
  return families.find((row) => row.name.test(name))?.model;
}
