import { personOf, startUpdate, tapUpdate } from "../local/update.ts"

/** In which the bot is, and may read: it is told of every word. */
const groups = 500

const groupOf = (id: number) => ({
  id: -1_001_900_000_000 - ((id * 31) % groups),
  type: "supergroup",
  title: "Friends",
})

const from = (person: number) => ({ id: personOf(person), is_bot: false, first_name: "Ana María", language_code: "es" })

const message = (id: number, person: number, chat: object, text: string, date: number): string =>
  JSON.stringify({
    update_id: id,
    message: { message_id: id, from: from(person), chat, date, text },
  })

const privately = (id: number, person: number, text: string, date: number): string =>
  message(id, person, { id: personOf(person), type: "private", first_name: "Ana María" }, text, date)

/** What people who come back for a year do in turn, and what they are at in the meantime. */
const way = [
  startUpdate,
  (id: number, person: number, date: number) => tapUpdate(id, person, "play_audio", date),
  (id: number, person: number, date: number) => tapUpdate(id, person, "finish", date),
  (id: number, person: number, date: number) => privately(id, person, "what is this?", date),
  (id: number, person: number, date: number) => privately(id, person, "/menu", date),
] as const

/**
 * The body of one update of a year: of four three are words in a group, for which nothing is to be done but to note
 * that they came; the rest are people with the bot. Now and again somebody has themselves forgotten, or Telegram has
 * changed a field that we read. `date`: of Telegram, in seconds.
 */
export const bodyOf = (id: number, people: number, date: number): string => {
  const visit = Math.floor(id / 4)
  // Coprime with any round number of people, so that all of them come, and none twice at once.
  const person = 1 + ((visit * 7_919) % people)
  if (id % 4 !== 0) return message(id, person, groupOf(id), "good morning!", date)
  if (id % 1_000 === 0) return JSON.stringify({ update_id: id, message: { chat: "new", from: { id: person } } })
  if (id % 1_100 === 0) return privately(id, person, "/forgetme", date)
  const act = way[Math.floor(visit / people) % way.length] ?? startUpdate
  return act(id, person, date)
}
