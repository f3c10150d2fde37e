/** The prompt that a recognizer is given. */

/** Prompts in both Chinese scripts: Whisper writes Mandarin in the script of its prompt, and without one in either. */
const sentences = { simplified: "以下是普通话的句子。", traditional: "以下是普通話的句子。" } as const;

/**
 * The prompt for a recording; `terms` are names that may come up. A sentence in simplified or traditional characters is
 * added if the recognizer writes Chinese in the script of its prompt.
 */
export function promptFor(
  { language, terms }: { readonly language: string; readonly terms: string },
  { followsScript }: { readonly followsScript: boolean },
): string {
  const script = followsScript && language !== "" ? scriptSentence(language) : "";
  return [script, terms].filter((part) => part !== "").join(" ");
}

function scriptSentence(language: string): string {
  const { language: short, script } = new Intl.Locale(language).maximize();
  if (short !== "zh" && short !== "cmn") return "";
  return script === "Hant" ? sentences.traditional : sentences.simplified;
}
