import { servesAdminHost } from "../../../infra/net/host.ts";
import { Failure } from "../../errors.ts";
import { type Door, hostOf } from "./door.ts";

/**
 * Makes the door of the admin address. It serves whoever reaches it, under its own name or one of these, but never a
 * web page.
 */
export function createAdminDoor(allowedHosts: readonly string[]): Door {
  return (request) => {
    if (request.headers.origin !== undefined)
      throw new Failure("PERMISSION_DENIED", "ORIGIN_NOT_ALLOWED", "web pages may not ask here");
    if (!servesAdminHost(hostOf(request), allowedHosts))
      throw new Failure(
        "PERMISSION_DENIED",
        "HOST_NOT_SERVED",
        "nothing is served here under this name: ask by the address, or by a name without a dot",
        { inFull: "nothing is served here under this name: ask by the address, or name it in DUET_EDGE_ALLOWED_HOSTS" },
      );
    return false;
  };
}
