import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";

/** What the page calls. */
export type Assistant = Client<typeof AssistantService>;

/** The service behind the page's own address. */
export function createAssistant(): Assistant {
  return createClient(AssistantService, createConnectTransport({ baseUrl: location.origin, useBinaryFormat: true }));
}
