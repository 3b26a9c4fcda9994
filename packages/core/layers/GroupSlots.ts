import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { groupWindow, tombstoneLife } from "../delivery/times.ts"
import { GroupSlots, type Holder } from "../services/GroupSlots.ts"
import { Settings } from "../services/Settings.ts"
import { currentIso, expiresAt, minus, toIso } from "../Time.ts"

/** Among the settings, each slot an item of its own. */
export const layer: Layer.Layer<GroupSlots, never, Settings> = Layer.effect(
  GroupSlots,
  Effect.gen(function* () {
    const settings = yield* Settings
    const take = Effect.fnUntraced(function* (
      { eventId, token }: Holder,
      key: string,
      freed: Duration.Duration,
      life: Duration.Duration,
    ) {
      const now = yield* currentIso
      return yield* settings.throttle({
        key,
        event: eventId,
        token,
        now,
        freeBefore: Duration.isFinite(freed) ? minus(now, freed) : toIso(0),
        expiresAt: expiresAt(now, life),
      })
    })
    return GroupSlots.of({
      takeAnswer: (holder) => take(holder, answerKey(holder), Duration.infinity, tombstoneLife),
      takeMinute: (holder, chatId) => take(holder, minuteKey(chatId), groupWindow, groupWindow),
      // The minute first, since the answer is asked for first.
      release: (holder, chatId) =>
        Effect.andThen(
          settings.release(minuteKey(chatId), holder.token),
          settings.release(answerKey(holder), holder.token),
        ),
    })
  }),
)

const answerKey = ({ eventId }: Holder): string => `answer#${eventId}`
const minuteKey = (chatId: number): string => `group#${chatId}`
