import { englishQuestions } from "./en.ts";
import type { ScriptQuestion } from "./question.ts";
import { chineseQuestions } from "./zh.ts";

/**
 * All questions of the script, in the order in which to offer them: Chinese first. The stand-in for vLLM answers them
 * and the playground offers them, so that Duet can be tried without a model.
 */
export const scriptQuestions: readonly ScriptQuestion[] = [...chineseQuestions, ...englishQuestions];

/**
 * The scripted answer to a question, which may also be given by its label. Case, spaces and punctuation are ignored.
 * For any other text, a list of the questions that can be answered.
 */
export function answerTo(question: string): string {
  const asked = lettersOf(question);
  const known = scriptQuestions.find(
    ({ question, label }) => lettersOf(question) === asked || lettersOf(label) === asked,
  );
  return known?.answer ?? ignorance(/\p{Script=Han}/u.test(question) ? "zh" : "en");
}

function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function ignorance(language: ScriptQuestion["language"]): string {
  const list = scriptQuestions
    .filter((entry) => entry.language === language)
    .map(({ question }) => `- ${question}`)
    .join("\n");
  return language === "zh"
    ? `这个问题我答不上来。现在回答你的只是一份脚本，不是真正的模型，它会的问题有这些：\n\n${list}\n\n想问什么都行，请把 DUET_VLLM_URL 设成一个模型服务的地址，再重新启动。`
    : `That one I cannot answer. Only a script answers here, not a real model, and these are the questions it knows:\n\n${list}\n\nTo ask anything you like, set DUET_VLLM_URL to the address of a model server and start again.`;
}
