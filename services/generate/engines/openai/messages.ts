import type { ChatMessage } from "../../chat.ts";

/**
 * Converts a message to the format of chat completions. A message with tool calls and no text gets an explicit `null`
 * as its content, which strict templates require.
 */
export function toWire({ role, content, toolCalls, toolCallId }: ChatMessage): object {
  if (toolCalls === undefined) return { role, content, ...(toolCallId !== undefined && { tool_call_id: toolCallId }) };
  const calls = toolCalls.map(({ id, ...called }) => ({ id, type: "function", function: called }));
  return { role, content: content === "" ? null : content, tool_calls: calls };
}

/**
 * Converts a conversation to a form that strict chat templates accept: blank messages are dropped, and adjacent
 * messages of one role are merged. If the last message is the assistant's, the model continues it, so it stays
 * unchanged. `fold`: the template has no system role, so system text is put at the beginning of the first question.
 */
export function shapeMessages(messages: readonly ChatMessage[], fold: boolean): readonly ChatMessage[] {
  const last = messages.at(-1);
  const begun = last?.role === "assistant" ? last : undefined;
  const shaped = joinNeighbours(begun === undefined ? messages : messages.slice(0, -1));
  const all = begun === undefined ? shaped : [...shaped, begun];
  if (all.length === 0) return messages.slice(-1);
  return fold ? foldSystem(all) : all;
}

function joinNeighbours(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = [];
  for (const message of messages) {
    if (message.content.trim() === "" && !isOfTools(message)) continue;
    const before = joined.at(-1);
    if (before?.role === message.role && !isOfTools(message) && !isOfTools(before))
      joined[joined.length - 1] = { ...before, content: `${before.content}\n\n${message.content}` };
    else joined.push(message);
  }
  return joined;
}

/** Whether a message makes tool calls or is the result of one: such messages are never merged with others. */
function isOfTools({ role, toolCalls }: ChatMessage): boolean {
  return role === "tool" || toolCalls !== undefined;
}

function foldSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const instructions = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const rest = messages.filter(({ role }) => role !== "system");
  if (instructions.length === 0) return rest;
  const last = rest.at(-1)?.role === "assistant" ? rest.slice(-1) : [];
  const before = rest.slice(0, rest.length - last.length);
  return [...joinNeighbours([{ role: "user", content: instructions.join("\n\n") }, ...before]), ...last];
}
