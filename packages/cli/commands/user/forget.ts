import { Brand } from "@concierge/core/brand/Brand.ts"
import { forgetUser } from "@concierge/core/operate/forgetUser.ts"
import { kept } from "@concierge/core/retention.ts"
import { Records } from "@concierge/core/services/Records.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { typed, yes } from "../../ask.ts"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { progress } from "../../print/progress.ts"
import { json, out } from "../../print/write.ts"
import { brand, onPlace, stage } from "../../where.ts"
import { person, userIdFrom } from "./person.ts"

export const forget = Command.make(
  "forget",
  { person, yes, json: asJson, stage },
  ({ json: wantsJson, person, stage, yes }) =>
    onPlace(records)(
      stage,
      Effect.gen(function* () {
        const userId = yield* userIdFrom(person)
        const stored = yield* Records
        if ((yield* stored.user(userId)) === undefined && (yield* stored.eventsOf(userId)).length === 0) {
          return yield* new BadInput({ advice: `${userId} has been forgotten already, or never came` })
        }
        yield* typed(`Everything about ${userId} will be deleted for good.`, userId, yes)
        yield* progress("waiting for whoever works for them")
        const eventId = yield* forgetUser(userId).pipe(
          Effect.provideServiceEffect(Brand, brand),
          Effect.catchTag("StillBusy", () =>
            Effect.fail(new BadInput({ advice: `somebody works for ${userId} all the time: try again in a minute` })),
          ),
        )
        if (wantsJson) return yield* json({ forgotten: true, recordedAs: eventId, stillHeldForDays: kept })
        yield* out(`${userId} is forgotten; recorded without them as ${eventId}. They were not told.`)
        yield* out(
          `Still held: logs for ${kept.logs} days, dead letters ${kept.deadLetters}, AWS's backups ${kept.backups}, a hash of the id ${kept.tombstone}, a greeting that says their name ${kept.greetings}.`,
        )
      }).pipe(Effect.scoped),
    ),
).pipe(
  Command.withDescription("Delete somebody as their own /forgetme does, without telling them; asks first"),
  Command.withExamples([
    { command: "concierge user forget 1001 --stage prod", description: "Their id is typed once more to confirm it" },
  ]),
)
