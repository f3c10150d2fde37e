/** A question that the stand-in for vLLM can answer from its script. */
export interface ScriptQuestion {
  /** The language of the question and of its answer. */
  language: "zh" | "en";
  /** A short label of the question, for a button in the playground. */
  label: string;
  question: string;
  /** The answer, which may contain Markdown, as a model's answer may. */
  answer: string;
}
