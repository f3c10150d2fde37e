/**
 * Has what `duet render` prints read by the programs that it is for: compose files by the library of compose,
 * Kubernetes objects by a kube-apiserver. Go builds both, the second for 5 to 20 minutes; they stay in .cache/deploy.
 * Run by .ci/full:
 *
 *   npx node test/deploy/readers/main.ts
 */
import { lacksGo } from "../../support/go.ts";
import { checkCompose } from "./compose.ts";
import { checkKubernetes } from "./kubernetes.ts";

const reason = lacksGo();
if (reason === false) {
  checkCompose();
  await checkKubernetes();
} else process.stdout.write(`not run: compose files and Kubernetes objects, since ${reason}\n`);
