import { Role } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Session } from "./edits.ts";
import type { KeptMessage } from "./record.ts";

/** A message in the form in which the model gets it. */
export interface PromptMessage {
  readonly role: Role;
  readonly content: string;
}

/**
 * The conversation for the model: what was said and heard before a turn, oldest first, then the turn's question. Roles
 * alternate, as chat templates require: a question whose answer was not heard is merged with the next one, and anything
 * said before the first question is left out.
 */
export function promptOf(session: Session, turn: string): PromptMessage[] {
  const messages = messagesOf(session);
  const asked = messages.findLast((message) => message.turn === turn && message.role === "user")?.text ?? "";
  const before = messages.filter((message) => message.turn !== turn);
  const prompt: { role: Role; content: string }[] = [];
  for (const message of [...before, { role: "user" as const, text: asked, heard: asked.length }]) {
    const isAnswer = message.role === "assistant";
    const content = isAnswer ? closed(message.text.slice(0, message.heard)) : message.text;
    const role = isAnswer ? Role.ASSISTANT : Role.USER;
    const last = prompt.at(-1);
    if (content.trim() === "" || (isAnswer && last === undefined)) continue;
    if (last?.role === role) last.content += `\n${content}`;
    else prompt.push({ role, content });
  }
  const newest = before.at(-1);
  const last = prompt.at(-1);
  if (last !== undefined && newest?.interrupted) last.content += unheardNote(asked, newest);
  return prompt;
}

/** The messages of a session, oldest first. */
export function messagesOf({ head, message }: Session): KeptMessage[] {
  const messages: KeptMessage[] = [];
  for (let place = head?.first ?? 0; place < (head?.next ?? 0); place++) {
    const found = message(place);
    if (found !== undefined) messages.push(found);
  }
  return messages;
}

/** A note for the model with the unheard rest of the last answer, if the user asks to continue; otherwise empty. */
function unheardNote(asked: string, { text, heard }: KeptMessage): string {
  const rest = text.slice(heard).trim();
  const found = goOn.find(([phrase]) => phrase.test(asked.trim()));
  return found === undefined || rest === "" ? "" : `\n${found[1]}\n${rest}`;
}

const inChinese = "（你上一个回答被打断了。下面是还没有听到的部分，请从这里接着说：）";
const inJapanese = "（前の回答は途中で止まりました。まだ聞かれていない続きは次のとおりです。ここから続けてください。）";
const inEnglish = "(Your last answer was cut off. This is the rest of it, not heard yet; go on from here:)";

/** Patterns for requests to continue an answer, each with the note that the model gets, in the pattern's language. */
const goOn: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:请|請|你)?(?:继续|繼續|接着|接著|往下)(?:说|說|讲|講|念|读|讀|来|來)?(?:下去)?(?:吧|呀|啊)?[。.!！~～]*$/u,
    inChinese,
  ],
  [/^(?:続けて|続き(?:を(?:お願いします|話して|教えて))?)(?:ください|下さい)?[。.!！]*$/u, inJapanese],
  [
    /^(?:please,? )?(?:continue|carry on|go on|keep going|go ahead)(?: (?:please|speaking|talking|where you left off|from there))?[.!]*$/i,
    inEnglish,
  ],
];

/** Closes a code block or bold text that a truncated text leaves open, so that it does not extend into later text. */
function closed(text: string): string {
  const fenced = text.split(/^```/m).length % 2 === 0;
  if (fenced) return `${text.trimEnd()}\n\`\`\``;
  const strong = text.split("**").length % 2 === 0;
  return strong ? `${text.trimEnd()}**` : text;
}
