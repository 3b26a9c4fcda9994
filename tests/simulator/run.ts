import { WorkerConfig } from "@concierge/core/config.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { freshCopy } from "@concierge/core/operate/freshCopy.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as References from "effect/References"
import * as Scheduler from "effect/Scheduler"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import { expire } from "../../packages/local/store/expire.ts"
import { Tables } from "../../packages/local/store/Tables.ts"
import { Dice } from "./chance.ts"
import { config } from "./container.ts"
import { type Faults, noFaults } from "./Faults.ts"
import { fillCounter } from "./fillCounter.ts"
import { newHistory } from "./History.ts"
import { isBlank } from "./isBlank.ts"
import { recordUsers } from "./recordUsers.ts"
import { recounted } from "./recounted.ts"
import { epoch, type Request, type Schedule } from "./Schedule.ts"
import type { Services } from "./Services.ts"
import { Sqs } from "./Sqs.ts"
import { snapshot, usersOf } from "./snapshot.ts"
import { TelegramModel } from "./TelegramModel.ts"
import type { Variant } from "./Variant.ts"
import { trace, type World } from "./World.ts"
import { workersOf } from "./workers.ts"

export interface Plan {
  readonly seed: number
  /** What tells `npm run simulate` to run it again. */
  readonly again: string
  readonly schedule: Schedule
  readonly faults: Faults
  readonly variant: Variant
  readonly isTraced?: boolean
}

const hours = 3_600_000

/** A queue that is deployed hands out roughly in the order in which it was given: one of so many, the first of all among them. */
const nearby = 12

/** Four days in the queue, fourteen among the dead letters: nothing comes any later. */
const queueLife = 18 * 24 * hours - 12 * hours

/** One schedule from its first update to long after its last, on tables that it finds and leaves empty. */
export const run = Effect.fnUntraced(
  function* (stores: Services["stores"], plan: Plan) {
    const { faults, isTraced = false, schedule, seed, variant } = plan
    const clock = yield* Clock.Clock
    const now = () => clock.currentTimeMillisUnsafe()
    const history = newHistory()
    const scope = Scope.makeUnsafe()
    empty(stores)
    if (schedule.isCounterFull) fillCounter(stores)
    // Whoever forks may be a worker, whose clock is its own.
    const fork: World["fork"] = (effect) =>
      Effect.asVoid(Effect.forkIn(Effect.provideService(effect, Clock.Clock, clock), scope))
    const under = variant.under?.(stores, schedule.brand) ?? stores
    const world: World = {
      seed,
      schedule,
      faults,
      history,
      now,
      scope,
      fork,
      isTraced,
      calls: new Map(),
      tapped: new Map(),
      sqs: new Sqs(new Dice(seed, "queue"), schedule.duplicates, schedule.rush && nearby),
      telegram: new TelegramModel(schedule),
      stores: { ...under, users: recordUsers(under, history, now) },
      send: (update, delay) =>
        Effect.suspend(() => {
          world.sqs.put(update, now() + delay)
          return workers.wake(now() + delay)
        }),
      whose: whoseOf(schedule.requests),
    }
    const workers = workersOf(world, variant)
    yield* phases(world)
    yield* Scope.close(scope, Exit.void)
    return history
  },
  Effect.provideContext(
    Context.make(References.MinimumLogLevel, "None").pipe(
      Context.add(References.TracerEnabled, false),
      Context.add(Scheduler.PreventSchedulerYield, true),
    ),
  ),
)

/** As it goes, then redrives and repeats ever later; at last nothing may happen any more. */
const phases = Effect.fnUntraced(function* (world: World) {
  const { history, schedule, seed, sqs } = world
  const dice = new Dice(seed, "phases")
  const forward = (to: number) => TestClock.setTime(epoch + to)
  const repeat = (probability: number) =>
    Effect.forEach(
      schedule.requests.filter(() => dice.is(schedule.rush === undefined ? probability : probability / 5)),
      (request) => world.send(messageOf(world, request), dice.between(0, 5_000)),
    )
  const redrive = Effect.suspend(() =>
    Effect.forEach(sqs.bury(), (update) => world.send(freshCopy(update), dice.between(0, 2_000))),
  )
  yield* forward(0)
  for (const request of schedule.requests) {
    yield* world.fork(
      Effect.delay(
        Effect.suspend(() => world.send(messageOf(world, request), 0)),
        request.at,
      ),
    )
  }
  const { settings } = world.stores
  for (const { at, link, linkId } of schedule.links) {
    yield* world.fork(Effect.delay(Effect.orDie(settings.put({ key: linkKey(linkId), value: link })), Math.max(0, at)))
  }
  yield* forward(20 * hours)
  noteLost(world)

  trace(world, () => "20 hours later: dead letters redriven, and repeats")
  yield* redrive
  yield* repeat(0.5)
  yield* forward(40 * hours)
  noteLost(world)

  world.faults = noFaults
  yield* forward(240 * hours)
  trace(world, () => "ten days later: dead letters redriven")
  yield* redrive
  yield* forward(250 * hours)
  noteLost(world)
  for (const updateId of sqs.deadIds) history.stuck.add(updateId)

  for (const { userId } of usersOf(world).filter(isBlank)) {
    const made = history.writes.findLast((write) => write.userId === userId && write.before === undefined)
    history.blanks.set(userId, made?.event ?? "nobody")
  }

  const before = snapshot(world)
  yield* repeat(1)
  yield* forward(260 * hours)
  note(world, "ten days", before)

  history.recounted.push(...(yield* recounted(world.stores)))
  yield* forward(queueLife)
  yield* expire.pipe(Effect.provideService(Tables, world.stores.tables), Effect.provideService(WorkerConfig, config))
  const left = snapshot(world)
  yield* repeat(1)
  yield* forward(queueLife + 10 * hours)
  note(world, "eighteen days", left)
})

const messageOf = (world: World, { about, at, envelope, updateId }: Request): QueuedUpdate => ({
  body: about.date === undefined ? onWhatIsShown(world, updateId, about, envelope.json) : envelope.json,
  group: envelope.group,
  attributes: {
    updateId,
    kind: envelope.kind,
    receivedAt: toIso(epoch + at),
    correlationId: `c${updateId}`,
    attempt: 0,
  },
})

/** A tap is on the latest message that has its button, and stays so when it is delivered again. */
const onWhatIsShown = (world: World, updateId: number, { chatId, name }: Request["about"], json: string): string => {
  const date = world.tapped.get(updateId) ?? Math.floor(world.telegram.shownAt(chatId, name) / 1000)
  world.tapped.set(updateId, date)
  const { callback_query, ...update } = JSON.parse(json)
  if (callback_query === undefined) return json
  return JSON.stringify({
    ...update,
    callback_query: { ...callback_query, message: { ...callback_query.message, date } },
  })
}

const note = (world: World, when: string, before: string): void => {
  const after = snapshot(world)
  if (after !== before) world.history.lateEffects.push(`${when}:\n  ${before}\n  ${after}`)
}

const noteLost = ({ history, schedule, sqs, stores }: World): void => {
  const select = stores.tables.sqlite.prepare("SELECT outcome FROM events WHERE eventId = ?")
  for (const { updateId } of schedule.requests) {
    const outcome = select.get(`7:${updateId}`)?.outcome
    if (typeof outcome !== "string" && !sqs.deadIds.has(updateId)) history.lost.add(updateId)
  }
}

const empty = ({ tables }: Services["stores"]): void =>
  tables.sqlite.exec("DELETE FROM users; DELETE FROM events; DELETE FROM sessions; DELETE FROM settings")

const whoseOf = (requests: ReadonlyArray<Request>): World["whose"] => {
  const people = new Map(requests.map(({ about, updateId }) => [updateId, about.userId]))
  return (updateId) => people.get(updateId) ?? `update ${updateId}`
}
