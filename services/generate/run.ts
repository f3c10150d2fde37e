import { runService } from "../common/server/run.ts";
import { startGenerate } from "./start.ts";

runService("generate", startGenerate);
