import type { AnswerForm } from "../wire/request.ts";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

/**
 * Returns an answer that satisfies the constraint `form`: `text` itself if it satisfies the constraint (for a JSON
 * schema, any valid JSON is accepted). Otherwise, for a pattern: a short prefix and `text`, if the pattern matches both
 * together. Otherwise, the smallest answer that satisfies the constraint. Throws if the constraint is a pattern for
 * which no matching text is found.
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
