/** A question that the scripted stand-in answers. */
export interface ScriptQuestion {
  /** The language of the question and of its answer. */
  language: "zh" | "en";
  /** A few words for a button. */
  label: string;
  question: string;
  /** May hold Markdown, as a model's answer does. */
  answer: string;
}
