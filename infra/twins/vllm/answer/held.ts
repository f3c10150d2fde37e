import type { AnswerForm } from "../wire/request.ts";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

/**
 * What a model whose unconstrained answer is `text` answers under a constraint: `text` itself if it satisfies the
 * constraint (for JSON, if it is valid JSON); otherwise, for a pattern, `text` after the shortest prefix that makes it
 * match; otherwise the smallest answer that satisfies the constraint. Throws if no text that matches a pattern is
 * found.
 */
export function hold(text: string, form: AnswerForm): string {
  switch (form.type) {
    case "text":
      return text;
    case "choice":
      return form.choices.includes(text) ? text : (form.choices[0] ?? "");
    case "regex": {
      const pattern = new RegExp(`^(?:${form.pattern})$`, "u");
      if (pattern.test(text)) return text;
      const least = minimalMatch(form.pattern);
      return [least + text, `${least} ${text}`].find((longer) => pattern.test(longer)) ?? least;
    }
    case "json":
      return isJson(text) ? text : JSON.stringify(minimalJson(form.schema));
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
