import { join } from "node:path"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteDeadLetters from "../../packages/local/queue/DeadLetters.ts"
import * as SqliteParked from "../../packages/local/store/Parked.ts"
import { recover } from "../../packages/local/store/recover.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { loadSqlite, now } from "../fixtures/stored/load.ts"
import { drain } from "../layers/drive.ts"
import { containerLayer, storesLayer } from "../layers/testWorld.ts"
import { everybodyGoesOn, forgottenStays, parkedStays, sameAsLeft, waitingIsWorked } from "./stored/takenUp.ts"
import { outside } from "./stored/world.ts"

/** A data directory as the version before the present one left it, killed. */
const tables = Layer.unwrap(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const directory = yield* fs.makeTempDirectoryScoped({ prefix: "concierge-stored-" })
    loadSqlite(directory)
    return Tables.layer(join(directory, "concierge.sqlite"))
  }),
).pipe(Layer.provide(NodeFileSystem.layer))

const world = containerLayer.pipe(
  Layer.provideMerge(Layer.mergeAll(storesLayer, SqliteDeadLetters.layer, SqliteParked.layer, outside)),
  Layer.provideMerge(tables),
)

/** Each in a copy of its own, from the moment at which it was left. */
const inWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  TestClock.setTime(now).pipe(
    Effect.andThen(Effect.andThen(recover, test)),
    Effect.provide(world, { local: true }),
    Random.withSeed("stored"),
  )

describe("a data directory of shape 1", () => {
  it.effect("holds everybody as they were left", () => sameAsLeft.pipe(inWorld))
  it.effect("has what waited worked, and its dead letters, each step once", () => waitingIsWorked(drain).pipe(inWorld))
  it.effect("keeps parked what nobody understands", () => Effect.andThen(drain, parkedStays(drain)).pipe(inWorld))
  it.effect("does not bring back who was forgotten", () => forgottenStays(drain).pipe(inWorld))
  it.effect("lets everybody go on from where they were", () =>
    Effect.andThen(waitingIsWorked(drain), everybodyGoesOn(drain)).pipe(inWorld),
  )
})
