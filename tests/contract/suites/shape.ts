import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { assert, layer as suite } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { claimOf, later, now, update } from "./events/updates.ts"
import { Stored } from "./Stored.ts"
import { sessionOf, somebody } from "./sessions/runs.ts"
import { newKey } from "./settings/keys.ts"
import { reasonOf } from "./users/people.ts"

/** The versions of all records but people's, of whom `users/shape.ts` tells. */
export const shapeContract = <E>(name: string, layer: Layer.Layer<Events | Sessions | Settings | Stored, E>) =>
  suite(layer)(`Shapes: ${name}`, (it) => {
    it.effect("what is written carries the version of its shape", () =>
      Effect.gen(function* () {
        const [events, sessions, settings, stored] = yield* Effect.all([Events, Sessions, Settings, Stored])
        const [eventId, session] = [update(), sessionOf(somebody())]
        const [value, counter, slot] = [newKey(), newKey(), newKey()]
        yield* events.claim(claimOf(eventId))
        const { shape: _, ...bare } = session
        yield* sessions.save(bare)
        yield* settings.put({ key: value, value: 1 })
        yield* settings.count({ key: counter, about: {}, cell: "a", id: eventId })
        yield* settings.throttle({ key: slot, event: eventId, token: "mine", now, freeBefore: now, expiresAt: 2e9 })
        const items = [
          yield* stored.item("events", eventId),
          yield* stored.item("sessions", session.sessionId),
          ...(yield* Effect.forEach([value, counter, slot], (key) => stored.item("settings", key))),
        ]
        for (const item of items) assert.propertyVal(item, "shape", currentShape)
      }),
    )

    it.effect("what says nothing of its shape is of the first, and is read", () =>
      Effect.gen(function* () {
        const [events, sessions, settings, stored] = yield* Effect.all([Events, Sessions, Settings, Stored])
        const [eventId, key] = [update(), newKey()]
        const { shape: _, ...session } = sessionOf(somebody())
        const event = { ...claimOf(eventId), processed: false, deliveries: 1 }
        yield* stored.put("events", event)
        yield* stored.put("sessions", session)
        yield* stored.put("settings", { key, value: "here" })
        assert.deepStrictEqual(yield* events.get(eventId), Option.some(event))
        assert.deepStrictEqual(yield* events.claim(claimOf(eventId)), { ...event, deliveries: 2 })
        assert.deepStrictEqual(yield* sessions.ofUser(session.userId), [session])
        assert.deepStrictEqual(yield* settings.get(key), Option.some("here"))
      }),
    )

    it.effect("what is of a newer shape is refused as such, and stays as it is", () =>
      Effect.gen(function* () {
        const [events, sessions, settings, stored] = yield* Effect.all([Events, Sessions, Settings, Stored])
        const shape = currentShape + 1
        const [eventId, key, session] = [update(), newKey(), sessionOf(somebody(), { shape })]
        yield* stored.put("events", { ...claimOf(eventId), processed: "of another kind", shape })
        yield* stored.put("sessions", session)
        yield* stored.put("settings", { key, value: 1, shape })
        const look = Effect.all([
          stored.item("events", eventId),
          stored.item("sessions", session.sessionId),
          stored.item("settings", key),
        ])
        const before = yield* look
        assert.strictEqual(yield* reasonOf(events.get(eventId)), "Newer")
        assert.strictEqual(yield* reasonOf(sessions.ofUser(session.userId)), "Newer")
        assert.strictEqual(yield* reasonOf(settings.get(key)), "Newer")
        assert.deepStrictEqual(yield* look, before)
      }),
    )

    it.effect("what is of a newer shape is not written over", () =>
      Effect.gen(function* () {
        const [sessions, settings, stored] = yield* Effect.all([Sessions, Settings, Stored])
        const shape = currentShape + 1
        const [value, counter, slot, session] = [newKey(), newKey(), newKey(), sessionOf(somebody(), { shape })]
        yield* stored.put("sessions", session)
        yield* stored.put("settings", { key: value, value: 1, shape })
        yield* stored.put("settings", { key: counter, about: {}, shape })
        yield* stored.put("settings", { key: slot, at: now, event: "7:1", token: "mine", shape })
        const look = Effect.all([
          stored.item("sessions", session.sessionId),
          ...[value, counter, slot].map((key) => stored.item("settings", key)),
        ])
        const before = yield* look
        const event = update()
        assert.strictEqual(yield* reasonOf(sessions.save({ ...session, updatedAt: later, state: "LATER" })), "Newer")
        assert.strictEqual(yield* reasonOf(settings.put({ key: value, value: 2 })), "Newer")
        assert.strictEqual(yield* reasonOf(settings.count({ key: counter, about: {}, cell: "a", id: event })), "Newer")
        const use = { key: slot, event, token: "mine", now: later, freeBefore: later, expiresAt: 2e9 }
        assert.strictEqual(yield* reasonOf(settings.throttle(use)), "Newer")
        assert.deepStrictEqual(yield* look, before)
      }),
    )

    it.effect("an update whose event a newer version keeps is not worked, and what it says of it stays", () =>
      Effect.gen(function* () {
        const [events, stored] = yield* Effect.all([Events, Stored])
        const eventId = update()
        const newer = {
          ...claimOf(eventId),
          outcome: "parked",
          processed: true,
          deliveries: 1,
          shape: currentShape + 1,
        }
        yield* stored.put("events", newer)
        const again = claimOf(eventId, { eventType: "menu", payload: {}, timestamp: later })
        assert.strictEqual(yield* reasonOf(events.claim(again)), "Newer")
        const { deliveries: _, ...item } = (yield* stored.item("events", eventId)) ?? {}
        const { deliveries: __, ...expected } = newer
        assert.deepStrictEqual(item, expected)
      }),
    )
  })
