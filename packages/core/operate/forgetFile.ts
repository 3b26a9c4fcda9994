import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Archive } from "../services/Archive.ts"
import { Settings } from "../services/Settings.ts"

const prefix = "file#"

/** The settings that hold Telegram's ids of an object, of whichever bot. */
export const fileIdsOf = Effect.fnUntraced(function* (key: string) {
  const stored = yield* Stream.runCollect((yield* Archive).settings(prefix))
  return stored.filter((setting) => setting.key.endsWith(`#${key}`))
})

/**
 * Telegram's ids of an object are forgotten, because it is another now. Gives how many there were. A worker that knows
 * one uses it for a quarter of an hour more, see `core/layers/FileIds.ts`.
 */
export const forgetFile = Effect.fnUntraced(function* (key: string) {
  const settings = yield* Settings
  const known = yield* fileIdsOf(key)
  yield* Effect.forEach(known, (setting) => settings.remove(setting.key), { discard: true })
  return known.length
})
