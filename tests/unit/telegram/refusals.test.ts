import { type Carried, reasonOf, reasonOfBody } from "@concierge/telegram/answer.ts"
import { assert, describe, it } from "@effect/vitest"

const tagOf = (status: number, description: string, carried: Carried = "nothing"): string =>
  reasonOf(status, { ok: false, description }, carried)._tag

/**
 * In the words of Telegram's own server: `tdlib/td` makes them (FileManager.cpp: `from_persistent_id`, `check_input_file_id`),
 * `tdlib/telegram-bot-api` puts "Bad Request: " before them and lowers their first letter (Client.cpp:
 * `fail_query_with_error`); what is in capitals comes from the data centres. Before 2019 "type of file mismatch" was said.
 */
const ofTheFile = [
  "Bad Request: wrong file identifier/HTTP URL specified",
  "Bad Request: wrong remote file identifier specified: Wrong padding in the string",
  "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
  "Bad Request: remote file identifier must be non-empty",
  "Bad Request: invalid remote file identifier",
  "Bad Request: unexpected conversion type",
  "Bad Request: file not found",
  "Bad Request: wrong file_id or the file is temporarily unavailable",
  "Bad Request: can't use file of type VoiceNote as Video",
  "Bad Request: type of file mismatch",
  "Bad Request: FILE_ID_INVALID",
  "Bad Request: FILE_REFERENCE_EXPIRED",
  "Bad Request: FILE_REFERENCE_0_INVALID",
  "Bad Request: MEDIA_EMPTY",
  "Bad Request: MEDIA_INVALID",
]

/** Of the same places; the servers' WEBPAGE_CURL_FAILED, WEBPAGE_MEDIA_EMPTY and EXTERNAL_URL_INVALID come in words. */
const ofTheUrl = [
  "Bad Request: wrong file identifier/HTTP URL specified",
  "Bad Request: wrong HTTP URL specified",
  "Bad Request: failed to get HTTP URL content",
  "Bad Request: wrong type of the web page content",
  "Bad Request: can't upload file by URL",
  "Bad Request: invalid file HTTP URL specified: Unsupported URL protocol",
  "Bad Request: URL must be in UTF-8",
  "Bad Request: file is too big",
  "Bad Request: file of size 52428801 bytes is too big; the maximum size is 52428800 bytes",
]

/** They speak of media, files and URLs, and are about the chat, the message or what goes with it. */
const ofTheChat = [
  "Bad Request: CHAT_SEND_MEDIA_FORBIDDEN",
  "Bad Request: CHAT_SEND_VIDEOS_FORBIDDEN",
  "Bad Request: CHAT_SEND_VOICES_FORBIDDEN",
  "Bad Request: CHAT_GUEST_SEND_FORBIDDEN",
  "Bad Request: VOICE_MESSAGES_FORBIDDEN",
  "Bad Request: user restricted receiving of voice messages",
  "Bad Request: user restricted receiving of video note messages",
  "Bad Request: not enough rights to send videos to the chat",
  "Bad Request: have no write access to the chat",
  "Bad Request: need administrator rights in the channel chat to send media",
  "Bad Request: can't use the media of the specified type in the album",
  "Bad Request: invalid paid media file specified",
  "Bad Request: wrong story file specified",
  "Bad Request: invalid media timestamp specified",
  "Bad Request: there is no video in the request",
  "Bad Request: media must be non-empty",
  "Bad Request: failed to upload file",
  "Bad Request: FILE_PART_1_MISSING",
  "Bad Request: BUTTON_URL_INVALID",
  "Bad Request: inline keyboard button URL 'https://a' is invalid: Wrong HTTP URL",
  "Bad Request: inline keyboard button URL must be encoded in UTF-8",
  "Bad Request: link preview URL must be encoded in UTF-8",
  "Bad Request: message caption is too long",
  "Bad Request: chat not found",
  "Bad Request: private chat not found",
  "Bad Request: TOPIC_CLOSED",
  "Bad Request: EFFECT_ID_INVALID",
  "Bad Request: ALLOW_PAYMENT_REQUIRED_10",
  "Bad Request: have no rights to send a message",
  "Bad Request: USER_PROFILE_INVALID",
  "Bad Request: reply markup is too long",
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
    ["Forbidden: the bot can't send messages to the bot", "Rejected"],
    ["Forbidden: bot is not a member of the channel chat", "Rejected"],
    ["Forbidden: bot was kicked from the supergroup chat", "Rejected"],
    ["Forbidden: bot is not a member of the supergroup chat", "Rejected"],
    ["Forbidden: the group chat was deleted", "Rejected"],
  ] as const)("403, %s: %s", (description, tag) => assert.strictEqual(tagOf(403, description), tag))

  it.each(["Bad Request: message thread not found", "Bad Request: TOPIC_DELETED"])(
    "because the topic is gone, and never for another reason: %s",
    (description) => assert.strictEqual(tagOf(400, description, "FileId"), "NoTopic"),
  )

  it("because the account is gone, which comes as a 400 as well", () => {
    assert.strictEqual(tagOf(400, "Bad Request: USER_DELETED", "FileId"), "Blocked")
    assert.strictEqual(tagOf(400, "Bad Request: USER_DELETED_BY_ADMIN"), "Rejected")
  })

  it.each([
    [401, "Unauthorized"],
    [401, "Unauthorized: invalid api-id/api-hash"],
    [400, "Logged out"],
    [404, "Not Found"],
  ] as const)("because the token is not one here, and people wait until it is: %s %s", (status, description) =>
    assert.strictEqual(tagOf(status, description), "Unauthorized"),
  )

  it.each([
    [500, "Internal Server Error: restart"],
    [500, "Internal Server Error"],
    [500, "Internal Server Error: too Many Requests: retry after"],
    [502, "Bad Gateway"],
  ] as const)("nothing for certain: %s %s", (status, description) =>
    assert.strictEqual(tagOf(status, description), "Unavailable"),
  )

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
