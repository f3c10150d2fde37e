/** A question that the scripted stand-in can answer. */
export interface ScriptQuestion {
  /** The language of the question and of its answer. */
  language: "zh" | "en";
  /** A short label for a button. */
  label: string;
  question: string;
  /** May contain Markdown, as a model's answer does. */
  answer: string;
}
