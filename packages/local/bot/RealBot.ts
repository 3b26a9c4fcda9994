import type { ProfileCall } from "@concierge/core/brand/profile.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import type { Problem } from "../host/Problem.ts"
import { Connection } from "./Connection.ts"
import { patiently } from "./patiently.ts"
import { pollUpdates } from "./pollUpdates.ts"
import { putBack } from "./putBack.ts"
import { type TakeOver, takeOver } from "./takeOver.ts"
import { tellProfile } from "./tellProfile.ts"

export interface RealBotOptions extends TakeOver {
  /** Of the brand, without `@`: where its links lead. */
  readonly expected: string
  /** What Telegram is to show of it. */
  readonly profile?: ReadonlyArray<ProfileCall>
}

/** The bot that people write to in Telegram, served by long polling. */
export class RealBot extends Context.Service<
  RealBot,
  {
    /** Serves it until it is interrupted, or until there is something that only its owner can mend. */
    readonly serve: Effect.Effect<never, Problem>
  }
>()("@concierge/local/bot/RealBot") {}

const decodeMe = Schema.decodeUnknownEffect(Schema.Struct({ username: Schema.String }))

const run = Effect.fnUntraced(function* (options: RealBotOptions) {
  const connection = yield* Connection
  const offset = yield* Ref.make<number | undefined>(undefined)
  const serve = Effect.gen(function* () {
    const { username } = yield* Effect.orDie(decodeMe(yield* patiently("getMe", {})))
    yield* connection.named(username)
    if (username !== options.expected) {
      yield* Effect.logWarning(`The token is of @${username}; the brand's links lead to @${options.expected}.`)
    }
    yield* takeOver(options)
    yield* tellProfile(options.profile ?? [])
    yield* Effect.logInfo(`Polling for @${username}.`)
    return yield* pollUpdates(offset)
  })
  return yield* Effect.ensuring(serve, Effect.flatMap(Ref.get(offset), putBack))
})

export const layer = (options: RealBotOptions) =>
  Layer.effect(
    RealBot,
    Effect.map(Effect.context<Effect.Services<ReturnType<typeof run>>>(), (context) =>
      RealBot.of({ serve: Effect.provideContext(run(options), context) }),
    ),
  )
