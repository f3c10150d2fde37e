import type { AnswerForm } from "../wire/request.ts";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

/**
 * Returns an answer that satisfies the constraint `form`: `text` itself if it does (for a JSON schema, it is enough
 * that `text` is valid JSON). For a pattern that `text` does not match, tries to put a short prefix before `text`.
 * Otherwise, returns the smallest answer that satisfies the constraint. Throws if no text can be found that matches the
 * pattern.
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
