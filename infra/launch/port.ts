import { createServer } from "node:net";
import { nameOf } from "../config/declared.ts";
import { type Address, AddressInUseError, listen } from "../net/address.ts";

const most = 100;

/**
 * Returns the given address if its port is free, otherwise the same host with the next free port. If 100 ports in a row
 * are taken, throws a one-line message that says what to do.
 */
export async function nextFree({ host, port }: Address): Promise<Address> {
  for (let candidate = port; candidate < port + most; candidate++) {
    const probe = createServer();
    try {
      await listen(probe, { host, port: candidate }, nameOf("edge.listen"));
      await new Promise((resolve) => probe.close(resolve));
      return { host, port: candidate };
    } catch (error) {
      if (!(error instanceof AddressInUseError)) throw error;
    }
  }
  throw new Error(`ports ${port} to ${port + most - 1} are all taken: set ${nameOf("edge.listen")} to a free one`);
}
