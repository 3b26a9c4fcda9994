import { brand } from "@concierge/brands/concierge/brand.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states, stepOf, welcomeVideoKey } from "../../fixtures/concierge.ts"
import { eventually } from "../support/eventually.ts"
import { Host } from "../support/Host.ts"
import { buttonsOf, visitor } from "../support/visitor.ts"
import type { Insider } from "./Insider.ts"
import { profile, says, saysIn, sentence, undecodable } from "./person.ts"

const chatId = 7_000_001
/** Somebody who writes from a chat of which Telegram says that there is none. */
const stranger = 7_000_002
const nowhere = 7_000_009
/** Somebody for whom there is no video. */
const unlucky = 7_000_003

/** Updates that the log is to name. */
export const named = { parked: 900_001, refused: 900_002, restarted: 900_003, spoilt: 900_004, broken: 900_005 }
const unnamed = { unknown: 900_011, wrong: 900_012 }

/** From the campaign's link to the end, and what else a person may say on the way. */
const onboard = Effect.gen(function* () {
  const host = yield* Host
  const person = visitor(chatId, profile)
  assert.isDefined((yield* person.says("/start ref_summer24")).messages[0]?.video)
  assert.isDefined((yield* person.taps(stepOf("voice").data)).messages[0]?.voice)
  yield* person.taps(stepOf("finish").data)
  assert.strictEqual((yield* person.stored)?.state, states.done)
  for (const text of ["/menu", "/language"]) yield* person.says(text)
  yield* person.taps("language:es")
  yield* person.says(sentence("text"))
  yield* person.edits(sentence("edit"))
  const group = { chatId: -chatId, fromId: chatId, from: profile }
  for (const text of [`/start@${brand.bot.username} ref_1`, sentence("text in a group")]) {
    yield* host.outcome(yield* host.send({ ...group, text }))
  }
})

const statusOf = (...request: Parameters<Host["Service"]["post"]>) =>
  Host.use(({ post }) => Effect.map(post(...request), ({ status }) => status))

/** What the webhook lets nobody through with. */
const knock = Effect.gen(function* () {
  const update = says(unnamed.wrong, chatId, sentence("text under a wrong secret"))
  for (const secret of ["wrong", ""]) {
    assert.strictEqual(yield* statusOf(update, { "x-telegram-bot-api-secret-token": secret }), 401)
  }
  const text = sentence("text that is no JSON")
  for (const body of [text, `{"update_id": ${text}}`, JSON.stringify({ update_id: text })]) {
    assert.strictEqual(yield* statusOf(body), 400)
  }
  assert.strictEqual(yield* statusOf(sentence("text that is too large").repeat(10_000)), 413)
})

const outcomeOf = Effect.fnUntraced(function* (update: {
  readonly update_id: number
  readonly [kind: string]: unknown
}) {
  const host = yield* Host
  assert.strictEqual(yield* statusOf(update), 200)
  return (yield* host.outcome(update.update_id)).outcome
})

/** What cannot be understood, and what Telegram does not take. */
const puzzle = Effect.gen(function* () {
  assert.strictEqual(yield* outcomeOf(undecodable(named.parked, chatId)), "parked")
  const post = { chat: { id: chatId }, from: profile, text: sentence("text of an unknown kind") }
  assert.strictEqual(yield* outcomeOf({ update_id: unnamed.unknown, business_message: post }), "ignored: unused kind")
  const toNobody = saysIn(named.refused, nowhere, stranger, sentence("text to which no answer is taken"))
  assert.strictEqual(yield* outcomeOf(toNobody), "ignored: undeliverable")
  assert.strictEqual(yield* outcomeOf(saysIn(named.restarted, nowhere, stranger, "/start")), "ignored: undeliverable")
})

/** The file, the person and the message that the bot needs are not what they should be. Gives a link's signature. */
const sabotage = Effect.fnUntraced(function* ({ enqueue, lose, spoil }: Insider) {
  const host = yield* Host
  yield* lose(welcomeVideoKey("es"))
  const [linked] = (yield* visitor(unlucky, { ...profile, language_code: "es" }).says("/start")).messages
  const signature = /ignature=([\w-]+)/.exec(JSON.stringify(linked))?.[1] ?? assert.fail("there is no signed link")

  yield* spoil(`telegram_${stranger}`, sentence("stored text that is no state"))
  yield* enqueue(named.broken, sentence("queued text that is no JSON"))
  yield* host.post(says(named.spoilt, stranger, "/menu"))
  const failures = () => host.process.stdout().match(/outcome"?[=:]"?failed/g)?.length === 2
  yield* eventually(
    "two failures in the log",
    Effect.sync(() => failures() || undefined),
  )
  return signature
})

/** To the end, of which nothing is to be left. Gives the last update. */
const forget = Effect.gen(function* () {
  const host = yield* Host
  const person = visitor(chatId, profile)
  const [yes = ""] = buttonsOf((yield* person.says("/forgetme")).messages[0])
  const last = yield* host.send({ chatId, callbackData: yes })
  yield* host.outcome(last)
  assert.isUndefined(yield* person.stored)
  return last
})

/** All that may happen to a bot and the people who write to it. */
export const live = Effect.fnUntraced(function* (insider: Insider) {
  yield* onboard
  yield* knock
  yield* puzzle
  const signature = yield* sabotage(insider)
  const last = yield* forget
  return { chatId, signature, last }
})
