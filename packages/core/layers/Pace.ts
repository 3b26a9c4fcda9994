import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { botIdOf, WorkerConfig } from "../config.ts"
import { makePace } from "../pace/makePace.ts"
import { Pace } from "../services/Pace.ts"

/** The bot's turns, shared with all its workers through one item among the settings. */
export const layer = Layer.effect(
  Pace,
  Effect.flatMap(WorkerConfig, ({ botToken }) => makePace(`pace#${botIdOf(botToken)}`)),
)
