/**
 * Makes one file of each program that runs in production, for sooner starts: `npm run bundle`. What is made already and
 * still right is left as it is. With `--sealed` the sources are not to change any more, as in an image, and starts do
 * not look at them.
 */
import { runMain } from "../../process/lifecycle.ts";
import { makeBundles } from "./make.ts";

// Whoever started it for later has ended.
process.once("disconnect", () => process.exit());

runMain(async () => {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg !== "--sealed")) throw new Error("usage: npm run bundle [-- --sealed]");
  for (const made of await makeBundles({ sealed: args.length > 0 })) process.stdout.write(`bundled ${made}\n`);
});
