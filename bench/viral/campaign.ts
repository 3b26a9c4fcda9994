import { setTimeout } from "node:timers/promises"
import { buttons } from "../load/path.ts"
import { personOf } from "../local/update.ts"
import type { Client, Judged } from "./client.ts"
import { nameOf } from "./names.ts"
import type { Options } from "./options.ts"

/** A message that somebody waited for. Times in seconds from the first /start. */
export interface Served {
  readonly person: number
  /** 0: for their /start. */
  readonly step: number
  readonly asked: number
  readonly at: number
}

export interface Campaign {
  readonly served: ReadonlyArray<Served>
  readonly calls: ReadonlyArray<Judged & { readonly second: number }>
  /** Of the greetings, as text. */
  readonly texts: number
  readonly voices: number
}

/** The taps that follow a /start: the first button only asks for the first step again. */
const taps = buttons.slice(1)

/** How often it is looked what Telegram has taken, in milliseconds. */
const every = 50

/** Everybody starts at their time, and taps on when they have got what they were waiting for and had a look at it. */
export const campaign = async (client: Client, options: Options, note: (what: string) => void): Promise<Campaign> => {
  const { names, pause, people, rate, seconds } = options
  const began = performance.now()
  const epoch = Date.now()
  const now = (): number => (performance.now() - began) / 1000
  const asked = new Map<number, { readonly step: number; readonly at: number }>()
  const due: Array<{ readonly person: number; readonly step: number; readonly at: number }> = []
  const served: Array<Served> = []
  const calls: Array<Judged & { readonly second: number }> = []
  let [started, texts, voices, noted] = [0, 0, 0, 0]
  const act = async (person: number, step: number): Promise<void> => {
    asked.set(personOf(person), { step, at: now() })
    const chatId = personOf(person)
    if (step > 0) return await client.act({ chatId, callbackData: taps[step - 1] ?? "" })
    await client.act({
      chatId,
      text: "/start campaign",
      from: { first_name: nameOf(person, names), language_code: "es" },
    })
  }
  while (served.length < people * (1 + taps.length)) {
    const time = now()
    if (seconds > 0 && time > seconds) break
    const acting: Array<Promise<void>> = []
    for (; started < people && started / rate <= time; started++) acting.push(act(started + 1, 0))
    due.sort((one, other) => one.at - other.at)
    for (let [next] = due; next !== undefined && next.at <= time; [next] = due) {
      due.shift()
      acting.push(act(next.person, next.step))
    }
    await Promise.all(acting)
    for (const call of await client.calls()) {
      const at = (call.at - epoch) / 1000
      calls.push({ ...call, second: at })
      const wish = asked.get(call.chatId)
      if (!call.taken || wish === undefined) continue
      asked.delete(call.chatId)
      const person = call.chatId - personOf(0)
      served.push({ person, step: wish.step, asked: wish.at, at })
      if (wish.step === 1) {
        if (call.method === "sendVoice") voices += 1
        else texts += 1
      }
      const [least, most] = pause
      if (wish.step < taps.length) {
        due.push({ person, step: wish.step + 1, at: at + least + Math.random() * (most - least) })
      }
    }
    if (time - noted > 15) {
      noted = time
      note(
        `${Math.round(time)} s: ${started} started, ${served.length} messages, ${calls.length - served.length} refused or more`,
      )
    }
    await setTimeout(every)
  }
  return { served, calls, texts, voices }
}
