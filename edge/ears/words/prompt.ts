/** The prompt that a recognizer is given. */

/** Whisper writes in the script of its prompt; without one it writes Mandarin in either. */
const sentences = { simplified: "以下是普通话的句子。", traditional: "以下是普通話的句子。" } as const;

/**
 * The prompt of a recording; `terms` are names that may come up. The script is prompted for only with recognizers that
 * follow it.
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
