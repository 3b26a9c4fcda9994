import { personOf } from "../local/update.ts"
import { peopleIn, tapsOf } from "./mix.ts"
import { type Person, problemOf } from "./problemOf.ts"

export interface People {
  /** Each of them was looked up. */
  readonly started: number
  /** So many of their chats were read, too. */
  readonly chats: number
  /** Who is not as they should be, and why. */
  readonly wrong: ReadonlyArray<string>
}

const atATime = 16

/** One chat in so many is read: what the stored person says of a message is written by whom we check. */
const sample = 20

/** Looks up everybody who started in a run of so many requests. */
export const people = async (port: number, requests: number): Promise<People> => {
  const [started, wrong] = [peopleIn(requests), [] as Array<string>]
  let [last, chats] = [0, 0]
  const look = async () => {
    while (last < started) {
      const number = ++last
      const id = personOf(number)
      const person = (await read(`http://127.0.0.1:${port}/sandbox/users/telegram_${id}`)) as Person | undefined
      const problem = problemOf(person, tapsOf(number, requests))
      if (problem !== undefined) wrong.push(`${id} ${problem}`)
      if (number % sample !== 1) continue
      chats += 1
      const messages = (await read(`http://127.0.0.1:${port}/sandbox/chats/${id}/messages`)) as ReadonlyArray<object>
      if (!messages.some((message) => "video" in message)) wrong.push(`${id} has no video in the chat`)
    }
  }
  await Promise.all(Array.from({ length: atATime }, look))
  return { started, chats, wrong }
}

const read = async (url: string): Promise<unknown> => {
  const response = await fetch(url)
  const body = await response.json()
  return response.status === 200 ? body : undefined
}
