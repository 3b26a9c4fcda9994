import * as Schema from "effect/Schema"
import { states } from "../../fixtures/concierge.ts"

const upTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))

/** Few of each, so that operations meet. */
const person = upTo(1)
const token = upTo(1)
const event = upTo(2)
const key = upTo(1)
/** Half leases since the beginning. */
const at = upTo(7)
const text = Schema.Literals(["", "a", "b"])
const state = Schema.Literals(Object.values(states))
/** An attribute's name is never empty. */
const name = Schema.Literals(["a.b", '"', "ünïcødé \u{1f600}", "$.x", "__proto__"])

const operation = <const Tag extends string, const Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
  Schema.TaggedStruct(tag, fields)

const users = {
  begin: operation("begin", { person, token, event, at }),
  release: operation("release", { person, token, clean: Schema.Boolean, notBefore: Schema.optionalKey(at) }),
  commit: operation("commit", {
    person,
    token,
    event,
    at,
    state,
    name: Schema.optionalKey(name),
    full: Schema.Boolean,
  }),
  remove: operation("removeUser", { person, token }),
  get: operation("getUser", { person }),
}

const events = {
  claim: operation("claim", { event, person: Schema.optionalKey(person), at, text, raw: Schema.Boolean }),
  finish: operation("finish", {
    event,
    at,
    outcome: Schema.Literals(["parked", "parked", "applied", "ignored: stale"]),
    degraded: Schema.optionalKey(Schema.Boolean),
    ambiguous: Schema.optionalKey(upTo(2)),
    anonymous: Schema.optionalKey(Schema.Boolean),
  }),
  get: operation("getEvent", { event }),
  finished: operation("finished", { events: Schema.Array(event) }),
  ofUser: operation("eventsOfUser", { person }),
  strip: operation("strip", { person }),
}

const sessions = {
  save: operation("save", { run: upTo(3), person, at, createdAt: at, state, text: name }),
  ofUser: operation("ofUser", { person }),
  removeOfUser: operation("removeOfUser", { person }),
}

const settings = {
  put: operation("put", { key, text: name, expiresAt: Schema.optionalKey(upTo(2 ** 40)) }),
  get: operation("get", { key }),
  remove: operation("remove", { key }),
  count: operation("count", {
    key,
    cell: name,
    id: name,
    forget: Schema.Array(name),
    atMost: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3 }))),
  }),
  throttle: operation("throttle", { key, event, token, at }),
  release: operation("releaseKey", { key, token }),
}

/** What much depends on comes often: it is named more than once. */
export const Operation = Schema.Union([
  users.begin,
  users.begin,
  users.begin,
  users.begin,
  users.commit,
  users.commit,
  users.commit,
  users.release,
  users.release,
  users.remove,
  users.get,
  events.claim,
  events.claim,
  events.claim,
  events.finish,
  events.finish,
  events.finish,
  events.get,
  events.finished,
  events.ofUser,
  events.strip,
  sessions.save,
  sessions.save,
  sessions.save,
  sessions.ofUser,
  sessions.removeOfUser,
  settings.put,
  settings.put,
  settings.get,
  settings.remove,
  settings.count,
  settings.count,
  settings.count,
  settings.throttle,
  settings.throttle,
  settings.release,
])
export type Operation = typeof Operation.Type
