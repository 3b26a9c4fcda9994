import { common } from "@concierge/aws/lambda/read.ts"
import * as Config from "effect/Config"
import { telegram } from "./telegram.ts"

export const watcherConfig = Config.all({
  stage: common.stage,
  logLevel: common.logLevel,
  ...telegram,
  /** Where Telegram should deliver. */
  webhookUrl: Config.NonEmptyString("WEBHOOK_URL"),
})
