/** A question that the scripted stand-in can answer. */
export interface ScriptQuestion {
  /** The language of the question and of its answer. */
  language: "zh" | "en";
  /** A short label for a button. */
  label: string;
  question: string;
  /** The answer, which may contain Markdown, as a model's answer may. */
  answer: string;
}
