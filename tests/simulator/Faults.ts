import { Dice } from "./chance.ts"

/** Every call of the worker's to something outside, where it may die. */
export const methods = [
  "Users.begin",
  "Users.release",
  "Users.commit",
  "Users.remove",
  "Events.claim",
  "Events.finish",
  "Events.finished",
  "Events.ofUser",
  "Events.get",
  "Events.strip",
  "Sessions.save",
  "Sessions.removeOfUser",
  "Settings.get",
  "Settings.put",
  "Settings.remove",
  "Settings.count",
  "Settings.swap",
  "Settings.throttle",
  "Settings.release",
  "UpdateQueue.send",
  "Telegram.sendMessage",
  "Telegram.sendVideo",
  "Telegram.sendVoice",
  "Telegram.sendChatAction",
  "Telegram.answerCallback",
  "Telegram.username",
  "Media.get",
  "Media.put",
  "Media.signedUrl",
  "Speech.synthesize",
  "acknowledge",
] as const
export type Method = (typeof methods)[number]

export type Fault =
  /** The invocation dies; the call never happened. */
  | "die before"
  /** The call took effect, and nobody was left to hear the answer. */
  | "die after"
  /** The invocation dies, and its request arrives up to a minute later. */
  | "late"
  /** It took effect; the answer is lost. */
  | "lost"
  /** Telegram takes the message, and answers long after anybody waits for it. */
  | "unseen"
  /** The answer is lost, the client asks again and gets that answer. */
  | "twice"
  /** The client asked again, and the first request arrives up to 20 s later as well. */
  | "ghost"
  /** Refused, without effect. */
  | "error"
  /** Takes 5 to 25 s longer. */
  | "slow"
  /** Telegram has had enough for up to 5 s; for longer. */
  | "429 short"
  | "429 long"
  /** Telegram refuses the file, whichever way it is sent. */
  | "400"

/** A call that can be told from every other of a run: the n-th of this method for somebody. */
export type Point = `${Method} ${string} ${number}`

export interface Faults {
  readonly at: (point: Point, method: Method) => Fault | undefined
}

export const noFaults: Faults = { at: () => undefined }

/** These and no others: how a history is shortened. */
export const scripted = (faults: ReadonlyMap<Point, Fault>): Faults => ({ at: (point) => faults.get(point) })

export interface Rates {
  readonly seed: number
  readonly faults: ReadonlyArray<Fault>
  /** Probability per call. */
  readonly rate: number
  /** No more than this many in a run. */
  readonly limit: number
  /** The first call of this method meets its fault. */
  readonly aimed?: { readonly method: Method; readonly fault: Fault; readonly nth: number }
}

const ofTelegramOnly: ReadonlyArray<Fault> = ["429 short", "429 long", "400", "unseen"]

/** Each call by itself, so that leaving one out changes the fate of no other. */
export const random = ({ aimed, faults, limit, rate, seed }: Rates): Faults => {
  let left = limit
  let toAim = aimed?.nth ?? 0
  return {
    at: (point, method) => {
      if (aimed?.method === method && toAim-- === 0) return aimed.fault
      if (left === 0 || faults.length === 0) return undefined
      const dice = new Dice(seed, point)
      if (!dice.is(rate)) return undefined
      const fault = dice.of(faults)
      if (ofTelegramOnly.includes(fault) && !method.startsWith("Telegram.send")) return undefined
      left -= 1
      return fault
    },
  }
}
