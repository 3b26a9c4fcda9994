import { userId as userIdFrom } from "@concierge/core/ids.ts"
import { listDead } from "@concierge/core/operate/listDead.ts"
import { listParked } from "@concierge/core/operate/listParked.ts"
import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import { redriveParked } from "@concierge/core/operate/redriveParked.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Option from "effect/Option"
import { Waiting } from "../queue/Waiting.ts"

/** As many of each as somebody reads. */
const most = 50

/** What an operator looks at, and what can be done about it: ids, kinds and times, and nothing that anybody wrote. */
export const operationRoutes = (below: "/sandbox" | "/real") =>
  HttpRouter.addAll([
    HttpRouter.route("GET", `${below}/queue`, queue),
    HttpRouter.route("POST", `${below}/queue/:id/now`, hurry),
    HttpRouter.route("GET", `${below}/dead`, dead),
    HttpRouter.route("POST", `${below}/dead/:id/redrive`, redriveOneDead),
    HttpRouter.route("GET", `${below}/parked`, parked),
    HttpRouter.route("POST", `${below}/parked/:id/redrive`, redriveOneParked),
    HttpRouter.route("GET", `${below}/users/:userId/sessions`, sessions),
    HttpRouter.route("GET", `${below}/users/:userId/events`, events),
  ])

const json = (body: unknown, status = 200) => HttpServerResponse.jsonUnsafe(body, { status })

const gone = (what: string, id: string) => json({ error: `There is no ${what} ${id}.` }, 404)

const param = (name: string) => Effect.map(HttpRouter.params, (params) => params[name] ?? "")

const queue = Effect.gen(function* () {
  const { list } = yield* Waiting
  return json(yield* list(most))
})

const hurry = Effect.gen(function* () {
  const { hurry } = yield* Waiting
  const id = yield* param("id")
  return (yield* hurry(id)) ? json({ ok: true }) : gone("queued update", id)
})

const dead = Effect.map(listDead(most), (letters) =>
  json(
    letters.map(({ eventId, id, outcome, update: { attributes, group } }) => ({
      id,
      eventId,
      outcome,
      chat: group,
      attributes,
    })),
  ),
)

const redriveOneDead = Effect.gen(function* () {
  const id = yield* param("id")
  const letter = (yield* listDead(1_000)).find((letter) => letter.id === id)
  return letter === undefined ? gone("dead letter", id) : json({ became: yield* redriveDead(letter) })
})

const parked = Effect.map(listParked(most), ({ unreadable, updates }) =>
  json({ unreadable, updates: updates.map(({ eventId, kind, parkedAt }) => ({ eventId, kind, parkedAt })) }),
)

const redriveOneParked = Effect.gen(function* () {
  const id = yield* param("id")
  const update = (yield* listParked(1_000)).updates.find(({ eventId }) => eventId === id)
  return update === undefined ? gone("parked update", id) : json({ ok: yield* redriveParked(update) })
})

const sessions = Effect.gen(function* () {
  const id = userIdFrom(yield* param("userId"))
  const found = yield* Sessions.use(({ ofUser }) => ofUser(id))
  return json(found.map(({ createdAt, sessionId, state, updatedAt }) => ({ sessionId, state, createdAt, updatedAt })))
})

const events = Effect.gen(function* () {
  const id = userIdFrom(yield* param("userId"))
  const service = yield* Events
  const latest = (yield* service.ofUser(id)).slice(-most).toReversed()
  const found = yield* Effect.forEach(latest, (id) => service.get(id))
  return json(
    found.flatMap(Option.toArray).map(({ deliveries, eventId, eventType, outcome, timestamp }) => ({
      eventId,
      eventType,
      timestamp,
      outcome,
      deliveries,
    })),
  )
})
