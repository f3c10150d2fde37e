import type { AnswerForm } from "../wire/request.ts";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

/**
 * Changes a model's answer `text` so that it satisfies the constraint `form`. An answer that satisfies it stays the
 * same, and so does any valid JSON if a JSON schema is required. If a pattern is required, a short prefix is put before
 * `text`, provided that the pattern then matches. Otherwise, returns the smallest answer that satisfies the constraint.
 * Throws if it finds no text that the pattern matches.
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
