/**
 * `npm run bundle`: bundles each program that runs in production into one file, so that it starts faster. Bundles that
 * are up to date are kept. `--sealed` is for an image, whose sources no longer change: a start then does not check
 * them.
 */
import { runMain } from "../../process/lifecycle.ts";
import { makeBundles } from "./make.ts";

// If the launcher runs this in the background for its next start, it stops when the launcher ends.
process.once("disconnect", () => process.exit());

runMain(async () => {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== "--sealed")) throw new Error("usage: npm run bundle [-- --sealed]");
  for (const made of await makeBundles({ sealed: args.length > 0 })) process.stdout.write(`bundled ${made}\n`);
});
