import { Brand } from "@concierge/core/brand/Brand.ts"
import { after, dueOf, type Step } from "@concierge/core/onboarding/Flow.ts"
import type { Pressed } from "@concierge/core/onboarding/Pressed.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Looks } from "./Looks.ts"
import { Missed } from "./Missed.ts"
import * as madeUp from "./madeUp.ts"
import { ended, type Run, toType, until } from "./Run.ts"
import { nobody } from "./TestPerson.ts"
import { Webhook } from "./Webhook.ts"

/**
 * From /start to the end of the brand's flow, as somebody goes who taps every button once, and of a question the first
 * answer. False: Telegram refuses the person, so that it ends with that.
 */
export const walk = Effect.fn("smoke.walk")(function* (run: Run, { look, note }: Looks) {
  const { flow } = yield* Brand
  const { hasEdge, post } = yield* Webhook
  const { person } = run
  const first = madeUp.start(person, yield* run.next)

  yield* look("another secret", refused(post(first, "with another secret"), 401))
  if (hasEdge) yield* look("past the edge", refused(post(first, "past the edge"), 403))
  yield* look("webhook", accepted(post(first, "as Telegram")))
  const { event } = yield* look("worker", worked(run, first.update_id))
  if (event.outcome !== "applied") {
    const says = "Telegram knows no such person, and told the worker so: the steps were not tried"
    yield* note(`step ${flow.first.id}`, says, toType("smoke --chat <the id of your own private chat>"))
    return false
  }
  let { user } = yield* look(`step ${flow.first.id}`, received(run, flow.first, first.update_id, event))
  for (let due = dueOf(flow, user); due._tag !== "Finished"; due = dueOf(flow, user)) {
    const answer = due._tag === "Answer" ? firstAnswerTo(due.question) : undefined
    const step = due._tag === "Step" ? due.step : after(flow, due.question, answer?.answers)
    if (step === undefined) break
    const button: Pressed = answer?.button ?? { _tag: "Step", data: step.data }
    const tap = madeUp.tap(person, button, yield* run.next)
    const stepped = Effect.gen(function* () {
      yield* accepted(post(tap, "as Telegram"))
      const { event } = yield* worked(run, tap.update_id)
      return yield* received(run, step, tap.update_id, event)
    })
    user = (yield* look(`step ${step.id}`, stepped)).user
  }
  yield* look("delivered again", repeated(run, first, user))
  return true
})

const refused = <E, R>(asked: Effect.Effect<{ readonly status: number }, E, R>, expected: number) =>
  Effect.flatMap(asked, ({ status }) =>
    status === expected
      ? Effect.succeed({ says: `refused with ${status}` })
      : Effect.fail(new Missed({ says: `answered with ${status}, not ${expected}`, mend: toType("doctor") })),
  )

/** What another answer than 200 means to whoever sent the stage's own secret through its own edge. */
const meanings: Readonly<Record<number, string>> = {
  401: "the secret that is set is not the one that is deployed",
  403: "the edge does not know this tool: deploy this version first",
  429: "the API throttles",
  503: "it has no secret deployed, or its queue takes nothing",
}

const accepted = <E, R>(asked: Effect.Effect<{ readonly status: number; readonly millis: number }, E, R>) =>
  Effect.gen(function* () {
    const { millis, status } = yield* asked
    if (status === 200) return { says: `200 within ${millis} ms` }
    const { renew } = yield* Webhook
    const says = `answered with ${status}: ${meanings[status] ?? "its log says why"}`
    return yield* new Missed({ says, mend: status === 401 ? renew : toType("doctor") })
  })

/** A refusal of Telegram's is good news of somebody who is nobody: with a token that it knows, it said who is missing. */
const worked = Effect.fnUntraced(function* (run: Run, updateId: number) {
  const { chat } = run.person
  const event = yield* ended(run, updateId)
  const { outcome } = event
  const isRefused = outcome === "ignored: undeliverable" || outcome === "ignored: blocked"
  if (outcome === "applied" || (isRefused && chat === nobody)) {
    return { says: `worked: ${outcome}`, event }
  }
  return yield* new Missed(
    isRefused
      ? {
          says: `Telegram lets the bot not write to chat ${chat}`,
          mend: `open the bot there and press Start, then ${toType(`user forget ${chat}`)}, and again`,
        }
      : {
          says: `it came to "${outcome}"`,
          mend:
            outcome === "ignored: forgotten"
              ? "sudo timedatectl set-ntp true: by this machine's clock the last run ends in the future"
              : toType(`update show ${updateId}`),
        },
  )
})

/** The step stands in the person's record with this update, and its message was taken by Telegram. */
const received = Effect.fnUntraced(function* (run: Run, step: Step, updateId: number, event: { degraded?: unknown }) {
  const users = yield* Users
  const stored = Effect.map(users.get(run.person.userId), (user) => {
    const found = Option.getOrUndefined(user)
    return found?.state_progress[step.id]?.updateId === String(updateId) ? found : undefined
  })
  const user = yield* until(
    run,
    stored,
    Effect.succeed(
      new Missed({
        says: `update ${updateId} was worked, and step ${step.id} does not stand in the person's record`,
        mend: toType(`update show ${updateId}`),
      }),
    ),
  )
  if (user.state !== step.state) {
    const says = `the state is ${user.state}, not ${step.state}`
    return yield* new Missed({ says, mend: toType(`user show ${run.person.chat}`) })
  }
  if (event.degraded === true) {
    const says = `a ${step.kind} was to be sent, and something less was: the voice or the video is missing`
    return yield* new Missed({ says, mend: `${toType("doctor")}; ${toType(`trace ${updateId}`)}` })
  }
  return { says: `${step.kind} sent in ${user.state_progress[step.id]?.took ?? 0} ms, now ${user.state}`, user }
})

const firstAnswerTo = ({ choices, id }: Extract<Step, { readonly kind: "question" }>) => {
  const choice = choices[0]?.id ?? ""
  return { answers: { [id]: choice }, button: { _tag: "Answer", question: id, choice } as const }
}

/** Telegram delivers an update again whose 200 it has not seen: it is told, and nothing happens anew. */
const repeated = Effect.fnUntraced(function* (run: Run, update: ReturnType<typeof madeUp.start>, before: User) {
  const { post } = yield* Webhook
  const users = yield* Users
  yield* accepted(post(update, "as Telegram"))
  yield* until(
    run,
    Effect.map(ended(run, update.update_id), ({ deliveries }) => (Number(deliveries) > 1 ? true : undefined)),
    Effect.succeed(
      new Missed({ says: "the copy was not worked in time", mend: toType(`update show ${update.update_id}`) }),
    ),
  )
  const after = Option.getOrUndefined(yield* users.get(run.person.userId))
  if (after?.version !== before.version) {
    const says = "the same update was applied twice"
    return yield* new Missed({ says, mend: toType(`user show ${run.person.chat}`) })
  }
  return { says: "the copy changed nothing" }
})
