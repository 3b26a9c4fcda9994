import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { emptyPage, isSkipped } from "./fixtures/chromium.ts"
import * as Host from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { visitor } from "./support/visitor.ts"

const botPath = "/bot4242:stand-in"

const Sent = Schema.fromJsonString(
  Schema.Struct({ result: Schema.Struct({ video: Schema.Struct({ file_id: Schema.String }) }) }),
)
const File = Schema.fromJsonString(Schema.Struct({ result: Schema.Struct({ file_path: Schema.String }) }))

/** Has the bot send a file that is no video. Gives where the page and where a bot would find it. */
const sendAs = Effect.fnUntraced(function* (type: string, content: string) {
  const { url } = yield* Host.Host
  const form = new FormData()
  form.set("chat_id", "1")
  form.set("video", new Blob([content], { type }), "welcome.mp4")
  const sent = yield* ask(`${url}${botPath}/sendVideo`, { method: "POST", body: form })
  const { file_id } = (yield* Schema.decodeEffect(Sent)(sent.text)).result.video
  const file = yield* ask(`${url}${botPath}/getFile?file_id=${file_id}`)
  const { file_path } = (yield* Schema.decodeEffect(File)(file.text)).result
  return [`${url}/sandbox/files/${file_id}`, `${url}/file${botPath}/${file_path}`]
})

/** Files that would be documents with a script, in the host's own origin. */
const harmful = [
  ["text/html", "<!doctype html><title>still</title><script>document.title = 'ran'</script>"],
  [
    "application/xhtml+xml",
    '<html xmlns="http://www.w3.org/1999/xhtml"><script>document.title = "ran"</script></html>',
  ],
  ["image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "ran"</script></svg>'],
  ["text/plain", "<!doctype html><script>document.title = 'ran'</script>"],
  ["video/mp4", "<!doctype html><script>document.title = 'ran'</script>"],
] as const

const policyOf = (headers: Headers) => headers.get("content-security-policy") ?? ""

layer(Host.layer, { timeout: "60 seconds", excludeTestServices: true })("what browsers are told", (it) => {
  it.effect.each([
    "/",
    "/main.js",
    "/icons",
    "/no/such/route",
    "/healthz",
    "/telegram/webhook",
    "/sandbox/stats",
    "/sandbox/files/1",
    "/sandbox/chats/me/history",
    `${botPath}/getMe`,
    `${botPath}/getYou`,
    `/file${botPath}/videos/file_1.mp4`,
    "/media-files/media/welcome/v1/welcome_en.mp4",
  ])("of %s: not to frame it, and to take it for what it says it is", (path) =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      for (const init of [{}, { headers: { origin: "http://evil.example" } }]) {
        const { headers } = yield* ask(url + path, init)
        assert.match(policyOf(headers), /^default-src 'none'; .*frame-ancestors 'none'/)
        assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
        assert.strictEqual(headers.get("cross-origin-resource-policy"), "same-origin")
        assert.strictEqual(headers.get("cross-origin-opener-policy"), "same-origin")
      }
    }),
  )

  it.effect("of a file, whole or in part: to run nothing of it", () =>
    Effect.gen(function* () {
      yield* visitor(1).says("/help")
      for (const [type, content] of harmful) {
        for (const address of yield* sendAs(type, content)) {
          for (const init of [{}, { headers: { range: "bytes=0-9" } }, { headers: { range: "bytes=9999-" } }]) {
            const policy = policyOf((yield* ask(address, init)).headers)
            assert.include(policy, "default-src 'none'")
            assert.notMatch(policy, /script|unsafe/)
            if (!type.startsWith("video/")) assert.include(policy, "sandbox")
          }
        }
      }
    }),
  )

  it.effect.skipIf(isSkipped)("and Chromium heeds it", () =>
    Effect.gen(function* () {
      const person = visitor(1)
      yield* person.says("/help")
      const page = yield* emptyPage()
      for (const [type, content] of harmful) {
        for (const address of yield* sendAs(type, content)) {
          const opened = yield* Effect.promise(async () => {
            await page.goto(address)
            return { title: await page.title(), content: await page.content() }
          })
          assert.notStrictEqual(opened.title, "ran", `${type} ${opened.content}`)
        }
      }
      const [message] = (yield* person.says("/start")).messages
      const { url } = yield* Host.Host
      yield* Effect.promise(async () => {
        await page.goto(`${url}/sandbox/files/${message?.video?.file_id}`)
        await page.waitForFunction("document.querySelector('video').readyState > 1")
      })
    }),
  )
})
