import { createHash } from "node:crypto";
import { type MessageShape, toBinary } from "@bufbuild/protobuf";
import { languageOf } from "../../infra/text/language/language.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import type { Access } from "../access/access.ts";
import type { Call } from "../call.ts";
import type { Ears } from "../ears/ears.ts";
import { noEars } from "../ears/failures.ts";
import { readRecording } from "../ears/recording/read.ts";
import { recordedSeconds } from "../ears/recording/recording.ts";
import {
  type Constraint,
  type ConverseRequest,
  ConverseRequestSchema,
  type OpenerMode,
  Role,
  type SpeakRequestSchema,
} from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Ports } from "../hosts/ports.ts";
import { generationOf, instructionsOf, noticeOf, speechOf } from "../profiles/apply.ts";
import type { ChooseProfile } from "../profiles/choose.ts";
import type { Asked, Resume } from "../resume/resume.ts";
import { toTranscript } from "../rpc/transcribe.ts";
import type { Sessions } from "../session/sessions.ts";
import type { TurnEvent } from "../turn/events.ts";
import type { Said } from "../turn/plan.ts";
import type { Numbered } from "../turn/stages/number.ts";
import { startTurn, type TurnTools } from "../turn/turn.ts";
import type { Shape, Writer } from "../turn/writer.ts";
import type { Answers, MakeAnswer } from "./answers.ts";
import { toQuestion } from "./question.ts";

/** Options of createConverse. */
export interface ConverseOptions {
  readonly ports: Ports;
  /** Transcribes recorded questions; undefined: recordings are not accepted. */
  readonly ears: Ears | undefined;
  readonly sessions: Sessions;
  /** Stores turns, so that callers who lose their connection can resume them. */
  readonly resume: Resume;
  /** The cache of answers to repeated questions; undefined: answers are not cached. */
  readonly answers: Answers | undefined;
  /** Checks what callers may do, and enforces their limits. */
  readonly access: Access;
  /** Chooses the profile of a call. */
  readonly profiles: ChooseProfile;
  /** What turns of every kind need, such as the clock and the log. */
  readonly tools: TurnTools;
  /** The instructions for the model that apply to requests without instructions of their own. */
  readonly instructions: string;
  /** A text that the first answer of every conversation begins with; empty: no such text. */
  readonly notice: string;
}

/** Answers a valid request. */
export type Converse = (call: Call, request: ConverseRequest) => AsyncGenerator<Numbered<TurnEvent>>;

/** Creates the function that answers questions. */
export function createConverse(options: ConverseOptions): Converse {
  const { ports, ears, sessions, resume, answers, access, profiles, tools } = options;

  return async function* converse(call, request) {
    const { audio, sessionId } = request;
    const constraint = toShape(request.constraint);
    const chosen = await profiles.of(call, request);
    const { id: profile } = chosen;
    const instructions = instructionsOf(chosen.profile, request.instructions, options.instructions);
    const generation = generationOf(chosen.profile, request.generation ?? {});
    const speech = speechOf(chosen, spokenAs(request));
    const spoken = constraint?.case === "jsonSchema" ? request.constraint?.spoken : undefined;

    const answer = ({ text, language }: Pick<Said, "text" | "language">) => {
      const asked = { session: sessionId, user: request.userId, profile: chosen, question: text, given: "" };
      const joined = sessionId === "" ? undefined : sessions.join(call, asked);
      const historyOf = () => joined?.prompt() ?? [...request.history, { role: Role.USER, content: text }];
      const write: Writer = (call, turnId, openings) => {
        const history = historyOf();
        const { stop } = request;
        return ports.askModel({ instructions, history, sessionId, options: generation, stop, constraint })(
          call,
          turnId,
          openings,
        );
      };
      const questionLanguage = languageOf(text) ?? language;
      const notice = noticeOf(chosen.profile, options.notice, historyOf);
      const plan = { write, ...speech, questionLanguage, spoken, profile, notice, keep: joined?.keep };
      return { rpc: "Converse", ...plan } as const;
    };
    if (audio === undefined) {
      const plan = answer({ text: request.text, language: "" });
      const make: MakeAnswer = (call, id, write = plan.write) =>
        startTurn(call, { ...plan, rpc: "Answer", id, write }, tools);
      const question = toQuestion(request, { profile, instructions, generation, speech, notice: plan.notice() });
      const given = question && (await answers?.find(call, question, make));
      const asked = given === undefined ? plan : ({ rpc: "Converse", profile, given } as const);
      return yield* resume.run(call, keptAs(ConverseRequestSchema, request), (call, id) =>
        access.meter(call, chosen, { maxTokens: generation.maxTokens }, startTurn(call, { ...asked, id }, tools)),
      );
    }
    if (ears === undefined) throw noEars();
    const recording = await readRecording(audio);
    const listen = async (call: Call) =>
      toTranscript(await ears.listen(recording, { language: speech.language }, call));
    const expected = { maxTokens: generation.maxTokens, recordedSeconds: recordedSeconds(recording) };
    const plan = { rpc: "Converse", profile, listen, answer } as const;
    yield* resume.run(call, keptAs(ConverseRequestSchema, request), (call, id) =>
      access.meter(call, chosen, expected, startTurn(call, { ...plan, id }, tools)),
    );
  };
}

/** The shape that the constraint requires of an answer; undefined if there is no constraint. */
function toShape(constraint: Constraint | undefined): Shape | undefined {
  return constraint?.shape.case === undefined ? undefined : constraint.shape;
}

/** The voice, language and opener of a request; each is left empty if the request names none. */
export function spokenAs({ voice, language, opener }: Record<"voice" | "language", string> & { opener: OpenerMode }) {
  return { voice, language: canonicalTag(language) ?? "", opener };
}

/** How long a turn keeps running after its caller disconnects, and the request id by which it can be found again. */
export function keptAs<Desc extends typeof ConverseRequestSchema | typeof SpeakRequestSchema>(
  schema: Desc,
  request: MessageShape<Desc> & Pick<ConverseRequest, "requestId" | "resumeWindowMs">,
): Asked {
  const { requestId: id, resumeWindowMs: windowMs } = request;
  if (id === "") return { windowMs };
  const digest = createHash("sha256").update(schema.typeName).update(toBinary(schema, request)).digest("base64url");
  return { windowMs, request: { id, digest } };
}
