import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** The key of a message of the page, such as `page.title`. */
export type Key = keyof typeof en;

/** A language of the page, as a value of the `lang` attribute. */
export type Language = "en" | "zh-CN";

/** All messages of the page in every language. */
export const strings: Record<Language, Record<Key, string>> = { en, "zh-CN": zh };

/** The example questions that the page suggests when a real model answers. */
export const suggestions: Record<Language, readonly string[]> = {
  en: [
    "Why is the sky blue in the day and red in the evening?",
    "Plan a quiet weekend in Hangzhou.",
    "Tell me a short story about a lighthouse.",
  ],
  "zh-CN": ["天空为什么白天是蓝的，傍晚是红的？", "帮我安排一个安静的杭州周末。", "讲一个关于灯塔的小故事。"],
};
