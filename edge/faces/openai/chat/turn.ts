import type { Profile } from "../../../../infra/settings/profiles.ts";
import { languageOf } from "../../../../infra/text/language/language.ts";
import type { Call } from "../../../call.ts";
import { Role, ThinkingMode } from "../../../gen/duet/assistant/v1/assistant_pb.ts";
import { generationOf, instructionsOf, speechOf } from "../../../profiles/apply.ts";
import type { Ending, ToolCall, TurnEvent } from "../../../turn/events.ts";
import { openSilence } from "../../../turn/silent.ts";
import type { Numbered } from "../../../turn/stages/number.ts";
import { startTurn } from "../../../turn/turn.ts";
import type { Question, Returned, Said, Shape, Writer } from "../../../turn/writer.ts";
import { badParam } from "../errors.ts";
import type { OpenAiTools } from "../tools.ts";
import { expectVoice, voiceOf } from "../voices.ts";
import type { ChatBody } from "./request.ts";

/** A turn that was requested as a chat completion. */
export interface ChatTurn {
  readonly events: AsyncGenerator<Numbered<TurnEvent>>;
  /** The model's tool calls; complete once the turn has finished. */
  readonly toolCalls: readonly ToolCall[];
}

/** Whether a request asks for audio. */
export function isSpoken({ modalities }: ChatBody): boolean {
  return modalities?.includes("audio") ?? false;
}

/** Creates the turn that a request asks for. The turn starts when its events are first read. */
export async function askTurn(call: Call, body: ChatBody, tools: OpenAiTools): Promise<ChatTurn> {
  const spoken = isSpoken(body);
  const history = body.messages.flatMap((message, i) => toHistory(message, i, call, tools));
  const { session_id: session = "", user = "" } = body;
  const profile = await tools.profiles.of(call, { profile: body.profile ?? "", sessionId: session, userId: user });
  const question = questionOf(body, history, profile.profile, tools.instructions);
  const asked = history.findLast((message): message is Said => "role" in message && message.role === Role.USER);
  const text = asked?.content ?? "";
  const joined = session === "" ? undefined : tools.join(call, { session, user, profile, question: text, given: "" });
  let toolCalls: readonly ToolCall[] = [];
  const write: Writer = async (call, turnId, openings) => {
    const ask = tools.ports.askModel({ ...question, history: joined?.prompt() ?? history });
    const writing = await ask(call, turnId, openings);
    const noteCalls = async function* (): typeof writing.deltas {
      const ending: Ending = yield* writing.deltas;
      toolCalls = ending.toolCalls ?? [];
      return ending;
    };
    return { ...writing, deltas: noteCalls() };
  };
  const plan = {
    rpc: "Converse",
    write,
    ...speechOf(profile, { voice: voiceOf(body.audio?.voice, tools.voices), language: "" }),
    profile: profile.id,
    questionLanguage: languageOf(text) ?? "",
    keep: joined?.keep,
    ...(spokenOf(body) && { spoken: spokenOf(body) }),
  } as const;
  const turnTools = spoken ? tools.turn : { ...tools.turn, openSpeech: openSilence };
  const expected = spoken ? { maxTokens: question.options.maxTokens } : { seconds: 0 };
  const started = startTurn(call, plan, turnTools);
  const events = expectVoice(tools.access.meter(call, profile, expected, started), "audio.voice");
  return {
    events,
    get toolCalls() {
      return toolCalls;
    },
  };
}

/** Which values of a JSON answer are spoken; undefined if no JSON is asked for. */
function spokenOf({ response_format: format, spoken = [] }: ChatBody): readonly string[] | undefined {
  return format?.type === "json_schema" || format?.type === "json_object" ? spoken : undefined;
}

function questionOf(
  body: ChatBody,
  history: readonly (Said | Returned)[],
  profile: Profile,
  ordinary: string,
): Question {
  const told = body.messages.filter(({ role }) => role === "system" || role === "developer");
  const instructions = told
    .map(({ content }) => content ?? "")
    .join("\n\n")
    .trim();
  const { max_tokens, max_completion_tokens, temperature, top_p, seed, presence_penalty, frequency_penalty } = body;
  const options = {
    maxTokens: max_completion_tokens ?? max_tokens,
    temperature,
    topP: top_p,
    // Converse takes unsigned 32-bit seeds, so others are cut to 32 bits: equal seeds still give equal results.
    seed: seed === undefined ? undefined : seed >>> 0,
    presencePenalty: presence_penalty,
    frequencyPenalty: frequency_penalty,
    thinking: thinkingOf(body.reasoning_effort),
  };
  return {
    instructions: instructionsOf(profile, instructions, ordinary),
    history,
    sessionId: body.session_id ?? "",
    options: generationOf(profile, options),
    stop: body.stop ?? [],
    constraint: shapeOf(body),
    ...(body.tools?.length && {
      tools: {
        definitions: body.tools.map((tool) => JSON.stringify(tool)),
        ...(body.tool_choice !== undefined && { choice: JSON.stringify(body.tool_choice) }),
        ...(body.parallel_tool_calls !== undefined && { parallel: body.parallel_tool_calls }),
      },
    }),
  };
}

/**
 * Whether the model thinks before it answers. With `none` and `minimal` it answers at once, which is best for a voice.
 * Undefined if the request names no effort.
 */
function thinkingOf(effort: string | undefined): ThinkingMode | undefined {
  if (effort === undefined) return undefined;
  return effort === "none" || effort === "minimal" ? ThinkingMode.OFF : ThinkingMode.ON;
}

function shapeOf({ response_format: format }: ChatBody): Shape | undefined {
  switch (format?.type) {
    case "json_object":
      return { case: "jsonSchema", value: '{"type":"object"}' };
    case "json_schema":
      return { case: "jsonSchema", value: JSON.stringify(format.json_schema.schema) };
    case "regex":
      return { case: "regex", value: format.regex };
    case "choice":
      return { case: "choice", value: { options: format.choice } };
    default:
      return undefined;
  }
}

/** Converts a message to the form that the model gets; instructions and empty messages are left out. */
function toHistory(
  message: ChatBody["messages"][number],
  i: number,
  call: Call,
  { spokenAnswers }: OpenAiTools,
): (Said | Returned)[] {
  switch (message.role) {
    case "user":
      return message.content.trim() === "" ? [] : [{ role: Role.USER, content: message.content }];
    case "tool":
      return [{ toolCallId: message.tool_call_id, content: message.content }];
    case "assistant": {
      const heard = message.audio && spokenAnswers.find(call.tenant, message.audio.id);
      if (message.audio !== undefined && heard === undefined)
        throw badParam(
          `messages[${i}].audio.id`,
          "does not name an answer of the last hour: send the transcript as content instead",
        );
      const content = message.content ?? heard ?? message.refusal ?? "";
      const toolCalls = (message.tool_calls ?? []).map(({ id, function: { name, arguments: given } }) => ({
        id,
        name,
        arguments: given,
      }));
      if (toolCalls.length > 0) return [{ role: Role.ASSISTANT, content, toolCalls }];
      return content.trim() === "" ? [] : [{ role: Role.ASSISTANT, content }];
    }
    default:
      return [];
  }
}
