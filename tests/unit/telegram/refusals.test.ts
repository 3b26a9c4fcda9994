import { type Carried, reasonOf, reasonOfBody } from "@concierge/telegram/answer.ts"
import { assert, describe, it } from "@effect/vitest"

const tagOf = (status: number, description: string, carried: Carried = "nothing"): string =>
  reasonOf(status, { ok: false, description }, carried)._tag

/** As `tdlib/telegram-bot-api` and `tdlib/td` word them (Client.cpp, FileManager.cpp) or pass them on from the servers. */
const ofTheFile = [
  "Bad Request: wrong file identifier/HTTP URL specified",
  "Bad Request: wrong remote file identifier specified: Wrong padding in the string",
  "Bad Request: wrong file_id or the file is temporarily unavailable",
  "Bad Request: can't use file of type Voice note as Video",
  "Bad Request: type of file mismatch",
  "Bad Request: FILE_ID_INVALID",
  "Bad Request: FILE_REFERENCE_EXPIRED",
  "Bad Request: FILE_REFERENCE_0_INVALID",
  "Bad Request: MEDIA_EMPTY",
  "Bad Request: MEDIA_INVALID",
]

const ofTheUrl = [
  "Bad Request: wrong file identifier/HTTP URL specified",
  "Bad Request: wrong HTTP URL specified",
  "Bad Request: failed to get HTTP URL content",
  "Bad Request: wrong type of the web page content",
  "Bad Request: can't upload file by URL",
  "Bad Request: invalid file HTTP URL specified: Unsupported URL protocol",
  "Bad Request: file is too big",
]

/** They speak of media, files and URLs, and are about the chat or about the message. */
const ofTheChat = [
  "Bad Request: CHAT_SEND_MEDIA_FORBIDDEN",
  "Bad Request: CHAT_SEND_VIDEOS_FORBIDDEN",
  "Bad Request: CHAT_SEND_VOICES_FORBIDDEN",
  "Bad Request: VOICE_MESSAGES_FORBIDDEN",
  "Bad Request: not enough rights to send videos to the chat",
  "Bad Request: need administrator rights in the channel chat to send media",
  "Bad Request: can't use the media of the specified type in the album",
  "Bad Request: BUTTON_URL_INVALID",
  "Bad Request: inline keyboard button URL 'https://a' is invalid: Wrong HTTP URL",
  "Bad Request: message caption is too long",
  "Bad Request: chat not found",
  "Bad Request: TOPIC_CLOSED",
  "Bad Request: have no rights to send a message",
  "Bad Request: USER_PROFILE_INVALID",
]

describe("what Telegram refuses", () => {
  it.each(ofTheFile)("for the file's sake: %s", (description) => {
    assert.strictEqual(tagOf(400, description, "FileId"), "BadFile")
    assert.strictEqual(tagOf(400, description, "Upload"), "Rejected")
    assert.strictEqual(tagOf(400, description), "Rejected")
  })

  it.each(ofTheUrl)("for the URL's sake: %s", (description) => {
    assert.strictEqual(tagOf(400, description, "Url"), "BadUrl")
    assert.strictEqual(tagOf(400, description, "Upload"), "Rejected")
  })

  it.each(ofTheChat)("for the chat's sake, and everybody else keeps the file: %s", (description) => {
    for (const carried of ["FileId", "Url", "Upload", "nothing"] as const) {
      assert.strictEqual(tagOf(400, description, carried), "Rejected")
    }
  })

  it.each([
    ["Forbidden: bot was blocked by the user", "Blocked"],
    ["Forbidden: user is deactivated", "Blocked"],
    ["Forbidden: bot can't initiate conversation with a user", "Blocked"],
    ["Forbidden: bot can't send messages to bots", "Rejected"],
    ["Forbidden: bot was kicked from the supergroup chat", "Rejected"],
    ["Forbidden: bot is not a member of the supergroup chat", "Rejected"],
    ["Forbidden: the group chat was deleted", "Rejected"],
  ] as const)("403, %s: %s", (description, tag) => assert.strictEqual(tagOf(403, description), tag))

  it.each([
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
    "Bad Request: QUERY_ID_INVALID",
  ])("a tap that has expired: %s", (description) => assert.strictEqual(tagOf(400, description), "QueryTooOld"))

  it.each([
    [400, "Bad Request: message to be replied not found, the query is too old a joke"],
    [400, "Bad Request: inline query is too long"],
  ] as const)("%s %s is no expired tap", (status, description) =>
    assert.strictEqual(tagOf(status, description), "Rejected"),
  )

  it("because the group has become another: it names the one to write to", () => {
    const description = "Bad Request: group chat was upgraded to a supergroup chat"
    const answer = { ok: false, description, parameters: { migrate_to_chat_id: -1_001_234_567_890 } }
    const reason = reasonOf(400, answer, "nothing")
    assert.deepInclude(reason, { _tag: "Migrated", chatId: -1_001_234_567_890 })
  })

  it("because it was too much: for as long as it says, in its parameters or in words", () => {
    const description = "Too Many Requests: retry after 35"
    assert.deepInclude(reasonOf(429, { ok: false, description, parameters: { retry_after: 7 } }, "nothing"), {
      retryAfter: 7,
    })
    assert.deepInclude(reasonOf(429, { ok: false, description }, "nothing"), { retryAfter: 35 })
    assert.deepInclude(reasonOf(429, { ok: false }, "nothing"), { retryAfter: 1 })
  })
})

describe("what is said in HTML, by a server before Telegram's", () => {
  it.each([
    [413, "Rejected"],
    [429, "RateLimited"],
    [400, "Rejected"],
    [404, "Unauthorized"],
    [502, "Unavailable"],
    [504, "Unavailable"],
    [200, "Unavailable"],
  ] as const)("%s: %s", (status, tag) => assert.strictEqual(reasonOfBody(status, "Upload")._tag, tag))
})
