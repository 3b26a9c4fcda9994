import fs from "node:fs"
import path from "node:path"
import { PlanError, root, synth } from "./diff/synth.ts"
import { noOptions } from "./options.ts"

/**
 * The types of SST's globals are in no package: its CLI carries them in itself and lays them out, with Pulumi's from the
 * registry, when it first runs in a checkout. An offline plan is such a run, and one that stops at a missing secret, before
 * anything is built, has them laid out by then.
 */
const globals = path.join(root, ".sst", "platform", "config.d.ts")
if (!fs.existsSync(globals)) {
  await synth("dev-types", { options: noOptions, without: ["TelegramBotToken"] }).catch((error: unknown) => {
    if (!(error instanceof PlanError && fs.existsSync(globals))) throw error
  })
}
