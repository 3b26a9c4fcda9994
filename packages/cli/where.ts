import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { eventRetention } from "@concierge/core/config.ts"
import * as LinksLayer from "@concierge/core/layers/Links.ts"
import type { Archive } from "@concierge/core/services/Archive.ts"
import type { Events } from "@concierge/core/services/Events.ts"
import type { Links } from "@concierge/core/services/Links.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import { brandName, dataDirectory } from "@concierge/local/host/environment.ts"
import * as Config from "effect/Config"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { BadInput } from "./BadInput.ts"

/** Where the data is: on this machine, or on a stage. */
export const stage = Flag.String("stage").pipe(
  Flag.withDescription("A deployed stage; without it, the data of npm start (CONCIERGE_DATA)"),
  Flag.optional,
)

export type Stores = Archive | Events | Links | Settings

/** Inside `sst shell` the stage's tables are in the environment. */
const isInShell = (): boolean => process.env.SST_RESOURCE_SettingsTable !== undefined

/** Runs a command on the stores that are meant. With `--stage` and outside of `sst shell`, the whole command again inside. */
export const on = <A, E>(chosen: Option.Option<string>, command: Effect.Effect<A, E, Stores>) => {
  if (isInShell()) return Effect.provide(command, awsStores)
  return Option.match(chosen, {
    onNone: () => Effect.provide(command, localStores),
    onSome: (name) => inShell(name),
  })
}

const inShell = (name: string) =>
  Effect.suspend(() => {
    if (!/^[a-zA-Z0-9-]+$/.test(name))
      return Effect.fail(new BadInput({ advice: `"${name}" is no stage's name: use letters, digits and -` }))
    const sst = fileURLToPath(new URL("../../node_modules/.bin/sst", import.meta.url))
    const args = ["shell", "--stage", name, "--", process.execPath, ...process.argv.slice(1)]
    const { status } = spawnSync(sst, args, { stdio: "inherit" })
    return Effect.sync(() => {
      process.exitCode = status ?? 1
    })
  })

const localStores: Layer.Layer<Stores, BadInput> = Layer.unwrap(
  Effect.gen(function* () {
    const data = yield* Effect.mapError(dataDirectory, ({ advice }) => new BadInput({ advice }))
    const path = join(data, "concierge.sqlite")
    if (!existsSync(path)) {
      const advice = `${data} holds no Concierge: run npm start once, name its directory in CONCIERGE_DATA, or a stage with --stage`
      return yield* new BadInput({ advice })
    }
    const [archive, events, settings, { Tables }] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/local/store/Archive.ts"),
        import("@concierge/local/store/Events.ts"),
        import("@concierge/local/store/Settings.ts"),
        import("@concierge/local/store/Tables.ts"),
      ]),
    )
    const stores = Layer.mergeAll(archive.layer, events.layer, settings.layer)
    return LinksLayer.layer.pipe(Layer.provideMerge(stores), Layer.provide(Tables.layer(path)))
  }),
)

const awsStores: Layer.Layer<Stores, BadInput> = Layer.unwrap(
  Effect.gen(function* () {
    const [{ environment }, { problemOf, tables }, archive, { Dynamo }, events, settings] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/aws/lambda/environment.ts"),
        import("@concierge/aws/lambda/read.ts"),
        import("@concierge/aws/dynamo/Archive.ts"),
        import("@concierge/aws/dynamo/Dynamo.ts"),
        import("@concierge/aws/dynamo/Events.ts"),
        import("@concierge/aws/dynamo/Settings.ts"),
      ]),
    )
    const names = yield* Effect.provide(tables, environment).pipe(
      Effect.mapError(
        (error) => new BadInput({ advice: `${problemOf(error)}. Run it with --stage, or inside sst shell` }),
      ),
    )
    const stores = Layer.mergeAll(events.layer, settings.layer).pipe(Layer.provide(Dynamo.layer(names)))
    return LinksLayer.layer.pipe(Layer.provideMerge(Layer.merge(stores, archive.layer(names))))
  }),
)

/** As the stage was deployed, or as for `npm start`. */
const chosenBrand = isInShell() ? Effect.catch(Config.NonEmptyString("STAGE_BRAND"), () => brandName) : brandName

/** The brand whose bot it is: `BRAND`, of a stage `STAGE_BRAND`. */
export const brand: Effect.Effect<BrandValue, BadInput> = Effect.gen(function* () {
  const { loadBrand } = yield* Effect.promise(() => import("@concierge/local/host/brand.ts"))
  return yield* loadBrand(yield* chosenBrand)
}).pipe(Effect.mapError(({ advice }) => new BadInput({ advice })))

export const retention = Effect.mapError(
  eventRetention,
  () => new BadInput({ advice: "EVENT_RETENTION_DAYS must be a number of days, as the stage has it" }),
)
