import { processBatch } from "@concierge/core/delivery/batch.ts"
import { deadline } from "@concierge/core/delivery/times.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { boundaryOf } from "./boundary.ts"
import { Dice, randomOf } from "./chance.ts"
import type { StartedContainer } from "./container.ts"
import type { Ending } from "./History.ts"
import type { Queued } from "./Sqs.ts"
import { skewed } from "./skewed.ts"
import { type Invocation, trace, type World } from "./World.ts"

/** Runs the real worker program with a batch, to its end or its death. True: the container lives on. */
export const invoke = Effect.fnUntraced(function* (
  world: World,
  container: StartedContainer,
  batch: ReadonlyArray<Queued>,
) {
  world.history.invocations += 1
  const id = world.history.invocations
  const dice = new Dice(world.seed, "invocation", id)
  let worker: Fiber.Fiber<unknown> | undefined
  const invocation: Invocation = {
    id,
    batch,
    attempts: new Map(),
    befallen: new Set(),
    isOver: false,
    isKilled: false,
    kill: () => {
      if (invocation.isOver) return
      invocation.isOver = true
      invocation.isKilled = true
      trace(world, () => `worker ${id} dies`)
      for (const message of batch) end(world, invocation, message, "killed")
      worker?.interruptUnsafe()
    },
  }
  container.invocation = invocation
  for (const { update } of batch) {
    const { updateId } = update.attributes
    const before = world.history.received.get(updateId) ?? []
    world.history.received.set(updateId, [...before, { at: world.now(), invocation: id }])
  }
  trace(
    world,
    () =>
      `worker ${id} has ${batch.map(({ receives, update: { attributes } }) => `${attributes.updateId} (receive ${receives}, attempt ${attributes.attempt})`).join(", ")}`,
  )
  const clock = yield* Clock.Clock
  const { rush, skew } = world.schedule
  // Set anew between any two invocations; in a rush it is wrong by the same for all of the container's life.
  const wrong = dice.between(-skew, skew)
  worker = yield* work(world, container, invocation).pipe(
    Effect.provideService(Random.Random, randomOf(dice)),
    Effect.provideService(Clock.Clock, skewed(clock, rush === undefined ? wrong : container.skew)),
    Effect.forkIn(world.scope),
  )
  const exit = yield* Effect.timeoutOption(Fiber.await(worker), deadline)
  if (exit._tag === "None") invocation.kill()
  else if (Exit.isFailure(exit.value) && !invocation.isKilled) return yield* Effect.failCause(exit.value.cause)
  return !invocation.isKilled
})

const work = Effect.fnUntraced(function* (world: World, container: StartedContainer, invocation: Invocation) {
  const { batch } = invocation
  const records = batch.map(({ id, update }) => ({ id, update }))
  const failed = new Set(yield* Effect.provideContext(processBatch(records), container.context))
  const worked = records.map(({ id }) => id).filter((id) => !failed.has(id))
  yield* boundaryOf(
    world,
    container,
  )({
    method: "acknowledge",
    who: worked.join(" "),
    whom: undefined,
    effect: Effect.sync(() => world.sqs.acknowledge(worked)),
    failure: () => undefined,
  }).pipe(Effect.catch(() => Effect.sync(() => invocation.kill())))
  if (invocation.isOver) return yield* Effect.never
  invocation.isOver = true
  for (const message of batch) end(world, invocation, message, failed.has(message.id) ? "failed" : "acknowledged")
})

const end = (world: World, { befallen, id }: Invocation, { update }: Queued, how: Ending["how"]): void => {
  const { history } = world
  const { updateId } = update.attributes
  const whom = world.whose(updateId)
  const isExcused = befallen.has(whom) || befallen.has(undefined) || (how === "killed" && befallen.size > 0)
  history.endings.push({ update, how, isExcused, at: world.now() })
  if (how === "acknowledged") return
  trace(world, () => `  update ${updateId} ${how} in ${id}`)
  history.faultsOf.set(whom, (history.faultsOf.get(whom) ?? 0) + 1)
  for (const attempt of history.attempts.values()) {
    if (attempt.invocation === id && attempt.event.endsWith(`:${updateId}`)) attempt.cutShort = true
  }
}
