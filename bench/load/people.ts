import { Event } from "@concierge/core/updates/Event.ts"
import * as Schema from "effect/Schema"
import { personOf } from "../local/update.ts"
import { type Ignored, ignoredOf } from "./ignored.ts"
import { actsByPerson } from "./mix.ts"
import { path } from "./path.ts"
import { Person, problemOf } from "./problemOf.ts"

export interface People {
  /** Each of them was looked up, and what became of each of their updates. */
  readonly started: number
  /** So many of their chats were read, too. */
  readonly chats: number
  /** Who is not as they should be, and why. */
  readonly wrong: ReadonlyArray<string>
  readonly ignored: ReadonlyArray<Ignored>
}

const atATime = 16

/** One chat in so many is read: what the stored person says of a message is written by whom we check. */
const sample = 20

/** Where a message of the first step's kind has what it is about. */
const shownAs = path[0]?.kind === "video" || path[0]?.kind === "voice" ? path[0].kind : "text"

/** Looks up everybody who started in a run; `made`: when each of its requests was, in milliseconds since 1970. */
export const people = async (port: number, made: ReadonlyArray<number>): Promise<People> => {
  const ignored: Array<Ignored> = []
  const wrong: Array<string> = []
  const everybody = actsByPerson(made.length)
  const left = everybody.entries()
  let chats = 0
  const read = readerOf(port)
  const look = async () => {
    for (const [number, acts] of left) {
      const id = personOf(number)
      const person = decodePerson(await read(`users/telegram_${id}`))
      const ignoredHere: Array<Ignored> = []
      for (const act of acts) {
        const event = decodeEvent(await read(`events/${act.id}`))
        const found = ignoredOf(act, made[act.id - 1] ?? Number.NaN, event?.outcome ?? "", person)
        if (found !== undefined) ignoredHere.push(found)
      }
      ignored.push(...ignoredHere)
      const problem = problemOf(person, acts.length - 1, ignoredHere.length)
      if (problem !== undefined) wrong.push(`${id} ${problem}`)
      if (number % sample !== 1) continue
      chats += 1
      const messages = decodeMessages(await read(`chats/${id}/messages`))
      if (!messages.some((message) => shownAs in message)) wrong.push(`${id} has no ${shownAs} in the chat`)
    }
  }
  await Promise.all(Array.from({ length: atATime }, look))
  return { started: everybody.size, chats, wrong, ignored }
}

const decodePerson = Schema.decodeUnknownSync(Schema.UndefinedOr(Person))
const decodeEvent = Schema.decodeUnknownSync(Schema.UndefinedOr(Event))
const decodeMessages = Schema.decodeUnknownSync(Schema.Array(Schema.Record(Schema.String, Schema.Json)))

/** Of the sandbox. Undefined: there is no such thing. */
const readerOf =
  (port: number) =>
  async (path: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/sandbox/${path}`)
    const body = await response.json()
    return response.status === 200 ? body : undefined
  }
