import * as Layer from "effect/Layer"
import { botApiRoutes } from "./routes/botApi.ts"
import { faultRoutes } from "./routes/faults.ts"
import { sandboxRoutes } from "./routes/sandbox.ts"

/** The stand-in over HTTP: the Bot API for the bot, the sandbox for people. */
export const telegramRoutes = Layer.mergeAll(botApiRoutes, faultRoutes, sandboxRoutes)
