import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { eventId } from "../ids.ts"
import type { Settings, SettingsError } from "../services/Settings.ts"
import { currentIso, expiresAt, minus } from "../Time.ts"
import { uuid } from "../uuid.ts"

/** A worker that has a name spoken has the audio by then, or is dead. */
const spokenWithin = Duration.seconds(10)

const orAlone = <A>(shared: Effect.Effect<A, SettingsError>) =>
  Effect.catchTag(shared, "SettingsError", (error) =>
    Effect.as(Effect.logWarning("who speaks a name cannot be shared just now", { error }), undefined),
  )

/** Which worker has a greeting spoken just now, among the settings: one write for each that is asked. */
export const makeSpeaking = Effect.fnUntraced(function* (settings: Settings["Service"]) {
  const me = yield* uuid
  return {
    /** Whether it is for this worker to ask the voice, and not for another that has just begun. Where nobody knows, it is. */
    isOurs: Effect.fnUntraced(function* (greeting: string) {
      const now = yield* currentIso
      const since = settings.throttle({
        key: keyOf(greeting),
        event: eventId(`speech:${me}`),
        token: me,
        now,
        freeBefore: minus(now, spokenWithin),
        expiresAt: expiresAt(now, spokenWithin),
      })
      return (yield* orAlone(since)) === undefined
    }),
    /** Nobody need wait for what has failed. */
    giveUp: (greeting: string) => orAlone(settings.release(keyOf(greeting), me)),
  }
})

const keyOf = (greeting: string): string => `speaking#${greeting}`
