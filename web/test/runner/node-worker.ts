// The runner's worker, as a thread of node.

import { parentPort } from "node:worker_threads";
import { serve } from "../../src/runner/serve.ts";
import { importModule } from "./helper.ts";

const receive = serve((message) => parentPort!.postMessage(message), importModule);
parentPort!.on("message", (request) => void receive(request));
