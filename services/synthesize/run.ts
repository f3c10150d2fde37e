import { runService } from "../common/server/run.ts";
import { startSynthesize } from "./start.ts";

runService("synthesize", startSynthesize);
