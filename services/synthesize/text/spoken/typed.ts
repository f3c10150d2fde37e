// What people type, which is told by the same words and signs in a text of any language.

/** Commands after which a hyphen begins an option. */
export const commandBefore =
  /(?<![A-Za-z])(?:git|npm|npx|yarn|pnpm|pip3?|docker|kubectl|helm|ls|rm|cp|mv|mkdir|tar|grep|find|sed|awk|curl|wget|ssh|scp|chmod|chown|sudo|apt|brew|python3?|node|java|gcc|make|cargo|go|ps|kill|tail|head|sort|du|df|ping|ip|netstat|psql|mysql|pytest|flag|option|switch|[Uu]se|[Aa]dd|[Rr]un|with)\b[^.;,()=]*$/;

/** Signs that keyboards and menus print for keys, and what the keys are called. */
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
