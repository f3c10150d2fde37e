import type { RuleRow } from "./row.ts";

const fish = "fish: { url: http://a }";

/** Settings that name engines that speak, and voices. */
export const voiceRows: readonly RuleRow[] = [
  ...row("duet/default-engine", "engine", [
    ["engine: fisch", /It must be one of fish, speech/],
    ["engine: vllm", /It must be one of fish, speech/],
    ["engine: speech", /Set DUET_SPEECH_URL, or use fish/, fish],
  ]),
  ...row("duet/substitutes", "substitutes", [
    ["substitutes: { emma: speech/anna }", /It must be one of fish, speech/],
    ["substitutes: { fish/emma: anna }", /It must be one of fish, speech/],
    ["substitutes: { fish/: speech/anna }", /a voice such as fish\/emma/],
    ["substitutes: { fish: speech }", /a voice such as speech\/emma/],
    ["substitutes: { fish/emma: fish/anna }", /a voice of another engine/],
    ["substitutes: { fish: speech/anna }", /Set DUET_SPEECH_URL/, fish],
  ]),
];

function row(
  rule: string,
  setting: string,
  cases: readonly (readonly [synthesize: string, remedy: RegExp, more?: string])[],
): RuleRow[] {
  return cases.map(([synthesize, remedy, more = ""]) => ({
    rule,
    severity: "error",
    config: `${more}\nsynthesize: { ${synthesize} }`,
    path: `synthesize.${setting}`,
    remedy,
  }));
}
