import { brand } from "@concierge/brands/concierge/brand.ts"
import { wordsOf } from "@concierge/core/brand/Brand.ts"
import { userIdOf } from "@concierge/core/ids.ts"
import { dead, listDead } from "@concierge/core/operate/listDead.ts"
import { listParked } from "@concierge/core/operate/listParked.ts"
import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import { redriveParked } from "@concierge/core/operate/redriveParked.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { currentIso, minus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { states, stepOf } from "../../fixtures/concierge.ts"
import { receive } from "../../layers/drive.ts"
import { storedUser } from "../../layers/seen.ts"
import { type Send, TelegramTest } from "../../layers/telegram.ts"
import { type Person, says, taps } from "../../layers/updates.ts"
import { type Asked, asked, left, nora, quin, waiting } from "./people.ts"

const sendsTo = ({ id }: Person) =>
  TelegramTest.use((telegram) => Effect.sync(() => telegram.sends().filter(({ message }) => message.chatId === id)))

const methodsOf = (sends: ReadonlyArray<Send>) => sends.map(({ method }) => method)

/** Everybody is there, in the state that they were left in. */
export const sameAsLeft = Effect.gen(function* () {
  for (const [who, facts] of left) {
    const user = yield* storedUser(who)
    if (facts === undefined) assert.isUndefined(user, who.first_name)
    else assert.deepInclude(user, facts, who.first_name)
  }
})

/** What waits is worked and the dead letters are redriven: each step once. `work` works the queue until it is empty. */
export const waitingIsWorked = <E, R>(work: Effect.Effect<unknown, E, R>) =>
  Effect.gen(function* () {
    const redriven = yield* Stream.runCollect(Stream.mapEffect(dead, redriveDead))
    assert.deepStrictEqual(redriven, ["redriven", "redriven"])
    yield* work
    assert.isEmpty(yield* listDead(10))
    for (const { becomes, sends, who } of waiting) {
      assert.deepStrictEqual(methodsOf(yield* sendsTo(who)), sends, who.first_name)
      const user = yield* storedUser(who)
      if (becomes === undefined) assert.isUndefined(user, who.first_name)
      else assert.deepInclude(user, { ...becomes, unresolved: 0 }, who.first_name)
    }
    yield* taraIsSettled
  })

/** Committed by the version before, settled by this one. */
const taraIsSettled = Effect.gen(function* () {
  const userId = userIdOf(2020)
  const events = yield* Events
  const found = yield* Effect.forEach(yield* events.ofUser(userId), (eventId) => events.get(eventId))
  assert.isTrue(found.every((event) => Option.exists(event, ({ outcome }) => outcome === "applied")))
  const [session] = yield* Sessions.use((sessions) => sessions.ofUser(userId))
  assert.strictEqual(session?.state, states.done)
})

/** What nobody understands is listed whole, and stays parked when it is redriven all the same. */
export const parkedStays = <E, R>(work: Effect.Effect<unknown, E, R>) =>
  Effect.gen(function* () {
    const { unreadable, updates } = yield* listParked(10)
    const [parked = assert.fail("nothing is parked"), ...more] = updates
    assert.deepStrictEqual([more, unreadable], [[], []])
    assert.include(parked.json, `"id":"${quin.id}"`)
    const before = (yield* sendsTo(quin)).length
    assert.isTrue(yield* redriveParked(parked))
    yield* work
    assert.deepStrictEqual((yield* listParked(10)).updates, [parked])
    assert.lengthOf(yield* sendsTo(quin), before)
  })

/** An update from before somebody was forgotten, which comes only now. */
export const forgottenStays = <E, R>(work: Effect.Effect<unknown, E, R>) =>
  Effect.gen(function* () {
    const { send } = yield* UpdateQueue
    const receivedAt = minus(yield* currentIso, "2 days")
    const update = yield* says(nora, "/start")
    const attributes = { updateId: update.update_id, kind: "message", receivedAt, correlationId: "a", attempt: 0 }
    yield* send({ body: JSON.stringify(update), group: String(nora.id), attributes })
    yield* work
    assert.isEmpty(yield* sendsTo(nora))
    assert.isUndefined(yield* storedUser(nora))
  })

const buttonsIn = (locale: string): ReadonlyArray<string> =>
  Object.values(wordsOf(brand, locale).steps).map(({ button }) => button)

/** One of them does something: they get what is due, and are stored in the present shape. */
const oneAsks = Effect.fnUntraced(function* <E, R>(row: Asked, work: Effect.Effect<unknown, E, R>) {
  const { becomes, does, sends, sessions, who } = row
  const title = `${who.first_name}: ${does}`
  const before = (yield* sendsTo(who)).length
  yield* receive(yield* does.startsWith("/") ? says(who, does) : taps(who, does))
  yield* work
  const sent = (yield* sendsTo(who)).slice(before)
  assert.deepStrictEqual(methodsOf(sent), sends, title)
  const user = yield* storedUser(who)
  assert.deepInclude(user, { ...becomes, unresolved: 0, shape: currentShape }, title)
  const ids = brand.flow.steps.map(({ id }) => id)
  assert.isTrue(
    Object.keys(user?.state_progress ?? {}).every((id) => ids.includes(id)),
    title,
  )
  if (becomes?.state === states.done) assert.property(user?.state_progress, stepOf("finish").id, title)
  if (row.in !== undefined) assert.include(buttonsIn(row.in), sent.at(-1)?.message.buttons?.[0]?.text, title)
  if (sessions !== undefined) {
    assert.lengthOf(yield* Sessions.use((all) => all.ofUser(userIdOf(who.id))), sessions, title)
  }
})

export const everybodyGoesOn = <E, R>(work: Effect.Effect<unknown, E, R>) =>
  Effect.forEach(asked, (row) => oneAsks(row, work), { discard: true })
