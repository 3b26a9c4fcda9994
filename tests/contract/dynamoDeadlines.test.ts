import { Events, type EventsError } from "@concierge/core/services/Events.ts"
import { Sessions, type SessionsError } from "@concierge/core/services/Sessions.ts"
import { Settings, type SettingsError } from "@concierge/core/services/Settings.ts"
import { Users, type UsersError } from "@concierge/core/services/Users.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../fixtures/concierge.ts"
import { amid, dynamoWire } from "../layers/dynamoWire.ts"
import { hang } from "../layers/faults.ts"
import { throttles } from "./fixtures/dynamoFaults.ts"
import { claimOf, now, update } from "./suites/events/updates.ts"
import { sessionOf } from "./suites/sessions/runs.ts"
import { newKey } from "./suites/settings/keys.ts"
import { beginOf, begun, somebody, stepped } from "./suites/users/people.ts"

const userId = somebody()
const eventId = update()
const key = newKey()

type Call = Effect.Effect<
  unknown,
  UsersError | EventsError | SessionsError | SettingsError,
  Users | Events | Sessions | Settings
>

const calls: Readonly<Record<string, Call>> = {
  "Users.begin": Users.use((users) => users.begin(beginOf(userId))),
  "Users.release": Users.use((users) => users.release({ userId, token: "mine", clean: true, notBefore: now })),
  "Users.remove": Users.use((users) => users.remove(userId, "mine")),
  "Users.get": Users.use((users) => users.get(userId)),
  "Events.claim": Events.use((events) => events.claim(claimOf(eventId))),
  "Events.finish": Events.use((events) => events.finish({ eventId, outcome: "applied", at: now })),
  "Events.get": Events.use((events) => events.get(eventId)),
  "Events.finished": Events.use((events) => events.finished([eventId])),
  "Events.ofUser": Events.use((events) => events.ofUser(userId)),
  "Events.strip": Events.use((events) => events.strip(userId, [])),
  "Sessions.save": Sessions.use((sessions) => sessions.save(sessionOf(userId))),
  "Sessions.ofUser": Sessions.use((sessions) => sessions.ofUser(userId)),
  "Sessions.removeOfUser": Sessions.use((sessions) => sessions.removeOfUser(userId, [])),
  "Settings.get": Settings.use((settings) => settings.get(key)),
  "Settings.put": Settings.use((settings) => settings.put({ key, value: 1 })),
  "Settings.swap": Settings.use((settings) => settings.swap({ key, before: 1, value: { version: 2 } })),
  "Settings.remove": Settings.use((settings) => settings.remove(key)),
  "Settings.count": Settings.use((settings) => settings.count({ key, about: {}, cell: states.done, id: eventId })),
  "Settings.throttle": Settings.use((settings) =>
    settings.throttle({ key, event: eventId, token: "mine", now, freeBefore: now, expiresAt: 1 }),
  ),
  "Settings.release": Settings.use((settings) => settings.release(key, "mine")),
}

layer(dynamoWire)("DynamoDB: every call ends", (it) => {
  it.effect.each(Object.entries(calls))("%s", ([name, call]) =>
    Effect.gen(function* () {
      const silent = yield* amid([hang, hang, hang, hang, hang], call, 1)
      assert.isBelow(silent.total, 4_800)
      assert.strictEqual(silent.left, 1)
      const { ThrottlingException: throttle } = throttles
      const limited = yield* amid([throttle, throttle, throttle, throttle, throttle], call)
      assert.deepStrictEqual([limited.attempts, limited.left], [[0, 50, 200, 650], 1])
      for (const { exit } of [silent, limited]) {
        const error = yield* Effect.flip(exit)
        assert.strictEqual(`${error._tag}: ${error.reason._tag}`, `${name.split(".")[0]}Error: Unavailable`)
      }
    }),
  )

  it.effect("Users.commit", () =>
    Effect.gen(function* () {
      const before = yield* begun()
      const commit = { before, after: stepped(before, eventId), event: eventId, token: "mine" }
      const { exit, total } = yield* amid([hang, hang, hang, hang], (yield* Users).commit(commit), 1)
      assert.isBelow(total, 4_800)
      assert.strictEqual((yield* Effect.flip(exit)).reason._tag, "Unavailable")
    }),
  )
})
