/** A question that the scripted stand-in answers. */
export interface ScriptQuestion {
  language: "zh" | "en";
  /** A few words for a button. */
  label: string;
  question: string;
  answer: string;
}

/** Every question, Chinese first, in the order in which to offer them. */
export const scriptQuestions: readonly ScriptQuestion[] = [
  { language: "zh", label: "这是什么", question: "Duet 是什么？", answer: "你好，我是 Duet。我一边写，一边说。" },
  {
    language: "en",
    label: "What is this?",
    question: "What is Duet?",
    answer: "Hello, I am Duet. I speak while I write.",
  },
];

/** The scripted answer to a question. */
export function answerTo(question: string): string {
  return scriptQuestions.find((entry) => entry.question === question.trim())?.answer ?? "Only a script answers here.";
}
