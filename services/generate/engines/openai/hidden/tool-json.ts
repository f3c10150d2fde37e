/** Whether a text begins with a tool call as plain JSON; `open`: undecided until more text arrives. */
export type Verdict = "call" | "open" | "other";

const nameKeys = new Set(["name", "tool", "tool_name", "function", "function_name", "action"]);
const argumentKeys = new Set(["arguments", "parameters", "args", "kwargs", "tool_input", "tool_args", "action_input"]);
const wrapperKeys = new Set(["tool_calls", "function_call", "tool_call"]);
const keys = new Set([...nameKeys, ...argumentKeys, ...wrapperKeys, "type", "id", "input"]);
const typesOfCalls = new Set(["function", "function_call", "tool_call", "tool_use"]);

/** Thrown where the text ends before the check could decide. */
const ended = Symbol();
const mostBlanks = 40;

/**
 * Checks a text that begins with `{` or `[`. The text is a tool call if it gives the name of a tool, without spaces,
 * and then the tool's arguments, or if its first key says that it is a tool call. Anything else is ordinary JSON. Reads
 * no further than necessary.
 */
export function looksLikeCall(text: string): Verdict {
  let at = 0;
  const peek = () => {
    if (at >= text.length) throw ended;
    return text[at] as string;
  };
  const blanks = () => {
    for (let n = 0; n < mostBlanks && /\s/.test(peek()); n++) at++;
  };
  const takes = (char: string) => {
    if (peek() !== char) return false;
    at++;
    blanks();
    return true;
  };
  /** Reads a quoted name of at most 64 characters, such as that of a tool; undefined if there is none. */
  const word = (): string | undefined => {
    if (peek() !== '"') return undefined;
    const start = ++at;
    while (at - start <= 64 && /[\w.:/-]/.test(peek())) at++;
    if (at === start || peek() !== '"') return undefined;
    const value = text.slice(start, at++);
    blanks();
    return value;
  };

  try {
    if (text[0] === "[") takes("[");
    if (!takes("{")) return "other";
    let [named, typed] = [false, false];
    for (;;) {
      const key = word();
      if (key === undefined || !keys.has(key) || !takes(":")) return "other";
      const begins = peek();
      if (wrapperKeys.has(key)) return begins === "[" || begins === "{" ? "call" : "other";
      if (typed && key === "function" && begins === "{") return "call";
      if (argumentKeys.has(key) || (typed && key === "input"))
        return named && (begins === "{" || begins === '"') ? "call" : "other";
      const value = word();
      if (value === undefined) return "other";
      if (nameKeys.has(key)) named = true;
      else if (key === "type" && typesOfCalls.has(value)) typed = true;
      else if (key === "type" || key === "input") return "other";
      if (!takes(",")) return "other";
    }
  } catch (error) {
    if (error === ended) return "open";
    throw error;
  }
}

/** Finds the end of a JSON value that arrives in pieces. */
export interface JsonEnd {
  /** How many characters of `text` still belong to the value; undefined if the value continues after `text`. */
  take(text: string): number | undefined;
}

/** Creates a JsonEnd for one object or array, which begins at the start of the text that `take` is given first. */
export function createJsonEnd(): JsonEnd {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  return {
    take(text) {
      for (let i = 0; i < text.length; i++) {
        const char = text[i];
        if (escaped) escaped = false;
        else if (quoted) {
          if (char === "\\") escaped = true;
          else if (char === '"') quoted = false;
        } else if (char === '"') quoted = true;
        else if (char === "{" || char === "[") depth++;
        else if ((char === "}" || char === "]") && --depth === 0) return i + 1;
      }
      return undefined;
    },
  };
}
