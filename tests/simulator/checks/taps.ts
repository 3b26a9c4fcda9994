import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Kind } from "@concierge/core/onboarding/Flow.ts"
import { epoch } from "../Schedule.ts"
import type { Check } from "./Evidence.ts"

/** Clocks of webhook and workers differ by up to this. */
const skew = 3_000

/** What was asked for twice before it arrived is sent once. */
export const together: Check = ({ deeds, history, schedule }) => {
  const runs = new Map(
    history.writes
      .filter(({ method }) => method === "Users.commit")
      .map(({ before, token }) => [token, before?.sessionId]),
  )
  const sends = history.sends.flatMap((send) => {
    const { accepted, attempt, method } = send
    if (!accepted || attempt === undefined || method === "Telegram.sendMessage" || attempt.cutShort) return []
    return [{ ...send, event: attempt.event, what: `${send.chatId} ${runs.get(attempt.token)} ${method}` }]
  })
  return sends.flatMap((one, index) =>
    sends.slice(index + 1).flatMap((other) => {
      if (one.what !== other.what || one.event === other.event) return []
      if (deeds.get(other.event)?.date !== undefined) return []
      // Where the flow has several steps of a kind, another button asks for another message.
      if (severalBy(schedule.brand, one.method) && deeds.get(one.event)?.name !== deeds.get(other.event)?.name)
        return []
      // An answer does not ask for a message again, but for the next.
      if (deeds.get(other.event)?.name.startsWith("answer:")) return []
      const tappedAt = Math.max(
        ...schedule.requests.filter(({ updateId }) => other.event === `7:${updateId}`).map(({ at }) => epoch + at),
      )
      return tappedAt + skew < one.to ? [`DOUBLE ${one.method} for ${one.event} and for ${other.event}`] : []
    }),
  )
}

const severalBy = ({ flow }: BrandValue, method: string): boolean =>
  flow.steps.filter(({ kind }) => methods[kind] === method).length > 1

const methods: Partial<Readonly<Record<Kind, string>>> = { video: "Telegram.sendVideo", voice: "Telegram.sendVoice" }
