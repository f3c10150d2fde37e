/**
 * `npm run bundle`: bundles each program that runs in production into one file, so that it starts faster. Bundles that
 * are up to date are kept. `--sealed` is for an image, in which sources no longer change: programs then start without
 * checking whether their sources have changed.
 */
import { runMain } from "../../process/lifecycle.ts";
import { makeBundles } from "./make.ts";

// The launcher may run this program in the background, to prepare its own next start. Then this program stops when the
// launcher ends.
process.once("disconnect", () => process.exit());

runMain(async () => {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== "--sealed")) throw new Error("usage: npm run bundle [-- --sealed]");
  for (const made of await makeBundles({ sealed: args.length > 0 })) process.stdout.write(`bundled ${made}\n`);
});
