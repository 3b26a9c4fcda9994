import { Brand } from "@concierge/core/brand/Brand.ts"
import { forgetUser } from "@concierge/core/operate/forgetUser.ts"
import { Records } from "@concierge/core/services/Records.ts"
import type { Fields } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import { brand } from "../../where.ts"
import { Missed } from "./Missed.ts"
import { ended, eventOf, type Run, toType, until } from "./Run.ts"

/** What was written beside the person: each event with its outcome, one session that the flow's end ended, and no figure. */
export const written = Effect.fnUntraced(function* (run: Run, isThrough: boolean) {
  const { chat, userId } = run.person
  const { sessionsOf } = yield* Records
  const events = yield* Effect.forEach(run.given, (updateId) => ended(run, updateId))
  const strange = events.find((event) => event.userId !== userId || event.countedAt !== undefined)
  if (strange !== undefined) {
    const says = strange.userId === userId ? "the funnel counts it" : "an event does not name the person"
    return yield* new Missed({ says, mend: toType(`update show ${String(strange.eventId)}`) })
  }
  if (!isThrough) return { says: `${events.length} event, counted in no figure` }
  yield* until(
    run,
    Effect.map(sessionsOf(userId), (sessions) => (sessions.length === 1 ? true : undefined)),
    Effect.succeed(new Missed({ says: "their run has no session", mend: toType(`user show ${chat}`) })),
  )
  return { says: `${events.length} events and a session, counted in no figure` }
})

/** Forgets the test person by the program of /forgetme, and sees that nothing names them any more. */
export const cleaned = Effect.fnUntraced(function* (run: Run) {
  const { chat, userId } = run.person
  const records = yield* Records
  yield* forgetUser(userId).pipe(
    Effect.provideServiceEffect(Brand, brand),
    Effect.catchTag("StillBusy", () =>
      Effect.fail(
        new Missed({ says: "somebody works for them all the time", mend: toType(`user forget ${chat} --yes`) }),
      ),
    ),
  )
  const left = Effect.gen(function* () {
    const user = yield* records.user(userId)
    const [sessions, named] = [yield* records.sessionsOf(userId), yield* records.eventsOf(userId)]
    const events = yield* Effect.forEach(run.given, eventOf)
    const isClean = user === undefined && sessions.length + named.length === 0 && !events.some(isTheirs)
    return isClean ? true : undefined
  })
  const missed = new Missed({ says: "something of the test person is left", mend: toType(`user export ${chat}`) })
  yield* until(run, left, Effect.succeed(missed))
  return { says: "nothing of the test person is left" }
})

const isTheirs = (event: Fields | undefined): boolean => event?.userId !== undefined || event?.payload !== undefined
