import type { AnswerForm } from "../wire/request.ts";
import { minimalMatch } from "./regex.ts";
import { minimalJson } from "./structured.ts";

/**
 * What a model that would say `text` says where it is held to a form: the text itself if that has the form; by a pattern else with as little
 * before it as makes it match; else the least that has the form. Throws if it finds nothing that a pattern matches.
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
