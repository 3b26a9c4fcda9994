import { Brand } from "@concierge/core/brand/Brand.ts"
import { TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { boundaryOf } from "./boundary.ts"
import { boundOutside } from "./boundOutside.ts"
import { boundStores } from "./boundStores.ts"
import { Dice } from "./chance.ts"
import { noteAttempts } from "./noteAttempts.ts"
import type { Variant } from "./Variant.ts"
import type { Container, World } from "./World.ts"

/** Events are kept for no longer than they must be. */
export const config = {
  botToken: Redacted.make("7:secret"),
  telegramApi: "http://telegram",
  retention: Duration.days(19),
}

const same = <A>(service: A): A => service

/** A new process of the worker's: the real services, each call of which crosses the boundary. */
export const startContainer = Effect.fnUntraced(function* (
  world: World,
  { over = same, pace = same, queue = same }: Variant,
) {
  const { skew } = world.schedule
  world.history.containers += 1
  const dice = new Dice(world.seed, "container", world.history.containers)
  const container: Container = { invocation: undefined, skew: dice.between(-skew, skew) }
  const at = boundaryOf(world, container)
  const stores = over(boundStores(world, at, noteAttempts(world, container)))
  const outside = boundOutside(world, container, at)
  const context = Context.make(Users, stores.users).pipe(
    Context.add(Events, stores.events),
    Context.add(Sessions, stores.sessions),
    Context.add(Settings, stores.settings),
    Context.add(UpdateQueue, queue(outside.queue)),
    Context.add(Telegram, outside.telegram),
    Context.add(Media, outside.media),
    Context.add(Speech, outside.speech),
    Context.add(Metrics, { count: () => Effect.void, record: () => Effect.void }),
    Context.add(WorkerConfig, config),
    Context.add(TombstoneKeys, { key: Redacted.make("of the tombstones") }),
    Context.add(Brand, world.schedule.brand),
  )
  const made = Composed.layer.pipe(Layer.provideMerge(Layer.succeedContext(context)))
  // A memo map of its own: what a process remembers dies with it.
  const built = yield* Layer.buildWithMemoMap(made, Layer.makeMemoMapUnsafe(), world.scope)
  return Object.assign(container, { context: Context.add(built, Pace, pace(Context.get(built, Pace), stores)) })
})

export type StartedContainer = Effect.Success<ReturnType<typeof startContainer>>
