// Commands and keys, which people type: they are recognized by the same words and symbols in every language.

/** Matches a command such as `git`, or a word such as "option", after which a hyphen begins an option. */
export const commandBefore =
  /(?<![A-Za-z])(?:git|npm|npx|yarn|pnpm|pip3?|docker|kubectl|helm|ls|rm|cp|mv|mkdir|tar|grep|find|sed|awk|curl|wget|ssh|scp|chmod|chown|sudo|apt|brew|python3?|node|java|gcc|make|cargo|go|ps|kill|tail|head|sort|du|df|ping|ip|netstat|psql|mysql|pytest|flag|option|switch|[Uu]se|[Aa]dd|[Rr]un|with)\b[^.;,()=]*$/;

/** Symbols for keys, as printed on keyboards and in menus, and the keys' names. */
export const keySigns: Readonly<Record<string, string>> = {
  "⌘": "Command",
  "⌥": "Option",
  "⇧": "Shift",
  "⌃": "Control",
  "⏎": "Return",
  "↩": "Return",
  "↵": "Enter",
  "⌤": "Enter",
  "⌫": "Delete",
  "⌦": "Forward Delete",
  "⎋": "Escape",
  "⇥": "Tab",
  "⇪": "Caps Lock",
  "␣": "Space",
};
