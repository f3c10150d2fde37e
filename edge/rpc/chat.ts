import type { ServiceImpl } from "@connectrpc/connect";
import type { AssistantService } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { noStoredAudio } from "../stored/failures.ts";

type ChatRpcs = Pick<ServiceImpl<typeof AssistantService>, "chat" | "submitChat" | "getJob" | "cancelJob">;

/** The RPCs of answers whose speech is stored. */
export function createChatRpcs(): ChatRpcs {
  const refuse = async () => {
    throw noStoredAudio();
  };
  return { chat: refuse, submitChat: refuse, getJob: refuse, cancelJob: refuse };
}
