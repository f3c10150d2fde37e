import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AssistantService } from "../../gen/duet/assistant/v1/assistant_pb.ts";

/** What the page calls. */
export type Assistant = Client<typeof AssistantService>;

/**
 * The service behind the page's own address; `key` is the key or token that each call brings, empty for none. What is called with `keepalive`
 * arrives though the page is gone.
 */
export function createAssistant(key: () => string, { keepalive = false } = {}): Assistant {
  const bringKey: Interceptor = (next) => (request) => {
    if (key() !== "") request.header.set("authorization", `Bearer ${key()}`);
    return next(request);
  };
  const transport = createConnectTransport({
    baseUrl: location.origin,
    useBinaryFormat: true,
    interceptors: [bringKey],
    fetch: (input, init) => fetch(input, { ...init, keepalive }),
  });
  return createClient(AssistantService, transport);
}
