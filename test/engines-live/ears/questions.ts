import type { Reply } from "../replies.ts";

/** A question as somebody would ask it aloud; no figures or names have to be kept. */
const question = (text: string): Reply => ({ text, facts: [] });

/** Ten questions in each language. */
export const questions: Readonly<Record<"en" | "zh", readonly Reply[]>> = {
  en: [
    "What is the capital of France?",
    "How do I change the battery of my watch?",
    "Will it rain in London tomorrow afternoon?",
    "Please tell me a short story about a fox.",
    "When does the next train to the airport leave?",
    "How many people live in this city?",
    "Can you explain how a computer works?",
    "What should I cook for dinner tonight?",
    "Turn off the lights in the kitchen, please.",
    "Why is the sky blue?",
  ].map(question),
  zh: [
    "今天天气怎么样？",
    "请给我讲一个故事。",
    "北京有什么好玩的地方？",
    "明天早上几点开会？",
    "怎么做西红柿炒鸡蛋？",
    "这个周末去哪里吃饭？",
    "你能帮我写一封信吗？",
    "为什么天空是蓝色的？",
    "最近的地铁站在哪里？",
    "请把客厅的灯关掉。",
  ].map(question),
};
