import { timeoutOf } from "@concierge/core/delivery/times.ts"
import { userIdOf } from "@concierge/core/ids.ts"
import type { File, OutgoingMessage, Sent } from "@concierge/core/services/Telegram.ts"
import { TelegramError } from "@concierge/core/services/TelegramError.ts"
import { millisOf } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import { down } from "./boundStores.ts"
import type { Fault, Method } from "./Faults.ts"
import type { Send } from "./History.ts"
import { type Container, meet, trace, type World } from "./World.ts"

/** A message on its way to Telegram, and the answer on its way back. There is no calling twice here: nobody may. */
export const sendOf =
  (world: World, container: Container) =>
  (method: Method, { buttons = [], chatId }: OutgoingMessage, file?: File): Effect.Effect<Sent, TelegramError> =>
    Effect.gen(function* () {
      const { invocation } = container
      if (invocation === undefined || invocation.isOver) return yield* Effect.never
      const whom = chatId > 0 ? userIdOf(chatId) : undefined
      const timeout = millisOf(timeoutOf(file))
      const { dice, fault } = meet(world, invocation, method, String(chatId), whom)
      const now = world.now()
      const attempt = whom === undefined ? undefined : invocation.attempts.get(whom)
      const send: Send = { attempt, chatId, method, from: now, to: now, accepted: false, answer: "none" }
      world.history.sends.push(send)
      const die = (moment: "before" | "after") =>
        Effect.suspend(() => {
          world.history.killedAt.add(`${method} ${moment}`)
          invocation.kill()
          return Effect.never
        })
      const arrive = Effect.sync(() => {
        const answer = world.telegram.receive(world.now(), { chatId, buttons }, file, fault, dice)
        send.to = world.now()
        send.accepted = "messageId" in answer
        trace(world, () => `  Telegram: ${send.accepted ? "accepted" : JSON.stringify(answer)} for ${chatId}`)
        return answer
      })
      if (fault === "die before") return yield* die("before")
      if (fault === "late") {
        yield* world.fork(Effect.delay(arrive, dice.between(0, timeout - 1_000)))
        return yield* die("before")
      }
      const unknown = new TelegramError({ method, reason: down() })
      const answered = (answer: Send["answer"]) => {
        send.answer = answer
      }
      if (fault === "error") {
        yield* Effect.sleep(dice.between(20, 500))
        answered("unknown")
        return yield* unknown
      }
      yield* Effect.sleep(dice.between(20, 300) + (fault === "slow" ? dice.between(0.2, 0.8) * timeout : 0))
      if (invocation.isOver) return yield* Effect.never
      const answer = yield* arrive
      if (fault === "die after") return yield* die("after")
      if (isLost(fault)) {
        yield* Effect.sleep(Math.max(0, now + timeout - world.now()))
        answered("unknown")
        return yield* unknown
      }
      yield* Effect.sleep(dice.between(20, 200))
      if (invocation.isOver) return yield* Effect.never
      if ("messageId" in answer) {
        answered("ok")
        return answer
      }
      answered(answer._tag === "RateLimited" ? "limited" : answer._tag === "Blocked" ? "blocked" : "refused")
      return yield* new TelegramError({ method, reason: answer })
    })

const isLost = (fault: Fault | undefined): boolean =>
  fault === "lost" || fault === "unseen" || fault === "twice" || fault === "ghost"
