import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { eventRetention } from "@concierge/core/config.ts"
import { brandName } from "@concierge/local/host/environment.ts"
import * as Config from "effect/Config"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "./BadInput.ts"
import { again, isInShell } from "./places/again.ts"
import type { Place } from "./places/Place.ts"
import { stores } from "./places/stores.ts"

/** Where the data is: on this machine, or on a stage. */
export const stage = Flag.String("stage").pipe(
  Flag.withDescription("A deployed stage; without it, the data of npm start (CONCIERGE_DATA)"),
  Flag.optional,
)

/** Runs a command where it is meant. With `--stage` and outside of `sst shell`, the whole command again inside. */
export const onPlace =
  <R>(place: Place<R>) =>
  <A, E>(chosen: Option.Option<string>, command: Effect.Effect<A, E, R>): Effect.Effect<void, E | BadInput> => {
    if (isInShell()) return Effect.asVoid(Effect.provide(command, place.stage))
    return Option.match(chosen, { onNone: () => Effect.asVoid(Effect.provide(command, place.here)), onSome: again })
  }

/** On the stores of links and events. */
export const on = onPlace(stores)

/** As the stage was deployed, or as for `npm start`. */
const chosenBrand = isInShell() ? Effect.catch(Config.NonEmptyString("STAGE_BRAND"), () => brandName) : brandName

/** The brand in this folder. */
export const brandNamed = (name: string): Effect.Effect<BrandValue, BadInput> =>
  Effect.gen(function* () {
    const { loadBrand } = yield* Effect.promise(() => import("@concierge/local/host/loadBrand.ts"))
    return yield* loadBrand(name)
  }).pipe(Effect.mapError(({ advice }) => new BadInput({ advice })))

/** The brand whose bot it is: `BRAND`, of a stage `STAGE_BRAND`. */
export const brand: Effect.Effect<BrandValue, BadInput> = chosenBrand.pipe(
  Effect.mapError(({ advice }) => new BadInput({ advice })),
  Effect.flatMap(brandNamed),
)

export const retention = Effect.mapError(
  eventRetention,
  () => new BadInput({ advice: "EVENT_RETENTION_DAYS must be a number of days, as the stage has it" }),
)
