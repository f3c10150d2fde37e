import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { Clock } from "../../infra/clock/clock.ts";

import type { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { disclosure } from "../marking/disclosure.ts";
import { answerChat, type ChatTools, withUrl } from "../stored/chat.ts";
import { noStoredAudio } from "../stored/failures.ts";
import { callOf } from "./caller.ts";
import { createJobRpcs } from "./jobs.ts";
import { checkChat } from "./request/chat.ts";

type ChatRpcs = Pick<ServiceImpl<typeof AssistantService>, "chat" | "submitChat" | "getJob" | "cancelJob">;

/** What the RPCs for answers with stored speech need. */
export interface ChatRpcTools {
  /** The tools for answers with stored speech; undefined if the deployment stores no speech. */
  readonly chat: ChatTools | undefined;
  /** The jobs; undefined if jobs are not accepted. */
  readonly jobs: Jobs | undefined;
  /** The edge's public URL, for links to stored speech. Default: the address to which the request was sent. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
}

/** Creates the RPCs for answers whose speech is stored. */
export function createChatRpcs({ chat, jobs, publicUrl, clock }: ChatRpcTools): ChatRpcs {
  const originOf = ({ url }: HandlerContext) => publicUrl?.replace(/\/+$/, "") ?? new URL(url).origin;
  return {
    async chat(request, context) {
      checkChat(request);
      if (chat === undefined) throw noStoredAudio();
      const answered = await answerChat(callOf(context, clock), request, chat);
      if (answered.response.audio?.marked) context.responseHeader.set(...disclosure);
      return withUrl(answered, chat.shelf, originOf(context));
    },
    ...createJobRpcs(jobs, chat, originOf, clock),
  };
}
