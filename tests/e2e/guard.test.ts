import { networkInterfaces } from "node:os"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { foreign, links, own, typed } from "./fixtures/browserHeaders.ts"
import * as Host from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { isOpen, requestWith, statusLineOf } from "./support/raw.ts"

const routes = [
  ["GET", "/"],
  ["GET", "/main.js"],
  ["GET", "/healthz"],
  ["POST", "/telegram/webhook"],
  ["GET", "/bot4242:stand-in/getMe"],
  ["POST", "/bot4242:stand-in/sendMessage"],
  ["GET", "/file/bot4242:stand-in/videos/file_1.mp4"],
  ["POST", "/sandbox/send"],
  ["GET", "/sandbox/chats/1/messages"],
  ["GET", "/sandbox/chats/1/history"],
  ["GET", "/sandbox/chats/1/taps"],
  ["GET", "/sandbox/files/1"],
  ["GET", "/sandbox/users/telegram_1"],
  ["GET", "/sandbox/events/1"],
  ["GET", "/sandbox/stats"],
  ["GET", "/sandbox/journal/1"],
  ["GET", "/media/welcome/v1/welcome_en.mp4"],
  ["GET", "/no/such/route"],
] as const

const portOf = (url: string): number => Number(new URL(url).port)

layer(Host.layer, { timeout: "60 seconds", excludeTestServices: true })("the guard", (it) => {
  it.effect.each(routes)("%s %s is closed to foreign pages and names", ([method, path]) =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      const port = portOf(url)
      const strange = [
        { host: "evil.example" },
        { host: `evil.example:${port}` },
        { host: `127.0.0.1.evil.example:${port}` },
        { host: "127.0.0.1" },
        { host: `localhost:${port + 1}` },
        { origin: "http://evil.example" },
        { origin: "null" },
        { origin: `https://127.0.0.1:${port}` },
        { origin: `http://127.0.0.1:${port}.evil.example` },
        { host: `localhost:${port}`, origin: `http://localhost:${port + 1}` },
        ...foreign.map(([, headers]) => headers),
        ...(path === "/" ? [] : links),
        { "sec-fetch-site": "same-origin, cross-site" },
        { "sec-fetch-site": "of-next-year" },
      ]
      const body = method === "POST" ? { body: '{"chatId":901,"text":"/start"}' } : {}
      for (const headers of strange) {
        const { status, text } = yield* requestWith(`${url}${path}`, { method, headers, ...body })
        assert.strictEqual(status, 403, JSON.stringify(headers))
        assert.match(text, /answers only to 127\.0\.0\.1 and localhost/)
      }
      assert.isUndefined(yield* (yield* Host.Host).user(901))
    }),
  )

  it.effect("a request that names no host is refused", () =>
    Effect.gen(function* () {
      const port = portOf((yield* Host.Host).url)
      assert.include(yield* statusLineOf(port, "GET /healthz HTTP/1.0\r\n\r\n"), "403")
      assert.include(yield* statusLineOf(port, "GET /healthz HTTP/1.1\r\n\r\n"), "400")
      assert.include(yield* statusLineOf(port, "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n"), "403")
      const both = `GET /healthz HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:${port}\r\n\r\n`
      assert.notInclude(yield* statusLineOf(port, both), "200")
    }),
  )

  it.effect("its own page may ask, by either name", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      const port = portOf(url)
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
        const headers = { host, origin: `http://${host}` }
        assert.strictEqual((yield* requestWith(`${url}/healthz`, { headers })).status, 200)
      }
    }),
  )

  it.effect("its own page and a typed address may ask for whatever the page needs", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      for (const headers of [...own, typed]) {
        for (const path of ["/", "/main.js", "/sandbox/stats", "/sandbox/chats/1/history"]) {
          assert.strictEqual((yield* requestWith(`${url}${path}`, { headers })).status, 200, path)
        }
      }
    }),
  )

  it.effect("a link may lead to the page alone", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      for (const headers of links) {
        const status = (path: string, method = "GET") =>
          Effect.map(requestWith(url + path, { method, headers }), ({ status }) => status)
        assert.strictEqual(yield* status("/"), 200)
        assert.strictEqual(yield* status("/?utm_source=readme"), 200)
        for (const path of ["//", "/index.html", "/%2F", "/healthz"]) assert.strictEqual(yield* status(path), 403)
        for (const method of ["POST", "HEAD", "OPTIONS"]) assert.strictEqual(yield* status("/", method), 403)
      }
    }),
  )

  it.effect("a WebSocket of a foreign page is not opened", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      const port = portOf(url)
      const lines = (origin: string) =>
        `Host: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${origin}\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
      for (const path of ["/", "/bot4242:stand-in/getMe", "/sandbox/journal/1"]) {
        const request = `GET ${path} HTTP/1.1\r\n${lines(`http://127.0.0.1:${port + 1}`)}`
        assert.include(yield* statusLineOf(port, request), "403")
      }
    }),
  )

  it.effect("the Bot API answers programs by GET, and no browser", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      for (const path of ["/bot4242:stand-in/getMe", "/%62ot4242:stand-in/getMe", "/bot4242:wrong/getMe"]) {
        for (const headers of [...own, typed]) {
          const { status, text } = yield* requestWith(url + path, { headers })
          assert.strictEqual(status, 403, path)
          assert.deepInclude(JSON.parse(text), { ok: false, error_code: 403 })
        }
      }
      // Node's fetch says how it asks, and not of which site.
      for (const headers of [{}, { "user-agent": "curl/8.5.0" }, { "sec-fetch-mode": "cors" }]) {
        assert.strictEqual((yield* requestWith(`${url}/bot4242:stand-in/getMe`, { headers })).status, 200)
      }
    }),
  )

  it.effect("only this machine can connect", () =>
    Effect.gen(function* () {
      const port = portOf((yield* Host.Host).url)
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ internal }) => !internal)
        .map(({ address }) => address)
      assert.isTrue(yield* isOpen("127.0.0.1", port))
      for (const address of ["127.0.0.2", ...others]) assert.isFalse(yield* isOpen(address, port), address)
    }),
  )

  it.effect.each<readonly [path: string, body: object, unknown: string, known: string]>([
    ["outages", { part: "media", isOut: true, seconds: 5 }, "seconds", "isOut"],
    ["links", { name: "Poster", campain: "spring" }, "campain", "campaign"],
  ])("tells whoever sends %s %j which field there is not, and does nothing", ([path, body, unknown, known]) =>
    Effect.gen(function* () {
      const url = `${(yield* Host.Host).url}/sandbox/${path}`
      const before = yield* ask(url)
      const { status, text } = yield* ask(url, { method: "POST", body: JSON.stringify(body) })
      assert.strictEqual(status, 400)
      assert.match(JSON.parse(text).error, new RegExp(`^there is no ${unknown}: .*${known}`))
      assert.deepStrictEqual(yield* ask(url), before)
    }),
  )

  it.effect.each(["events/abc", "events/1.5/trace", "events/abc/trace", "chats/1e2/messages", "chats/abc/taps"])(
    "wants a whole number: %s",
    (path) =>
      Effect.gen(function* () {
        const { status, text } = yield* ask(`${(yield* Host.Host).url}/sandbox/${path}`)
        assert.strictEqual(status, 400)
        assert.match(JSON.parse(text).error, /id must be a whole number/)
      }),
  )

  it.effect("wants whole numbers of a message to be deleted", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      const { status, text } = yield* ask(`${url}/sandbox/chats/902/messages/abc`, { method: "DELETE" })
      assert.strictEqual(status, 400)
      assert.match(JSON.parse(text).error, /ids must be whole numbers/)
    }),
  )

  it.effect.each([
    "",
    "{",
    "null",
    "[]",
    '"hello"',
    '{"text":"/start"}',
    '{"chatId":"902","text":"x"}',
    '{"chatId":902}',
  ])("tells whoever sends %j to the sandbox how it is done", (body) =>
    Effect.gen(function* () {
      const host = yield* Host.Host
      const before = yield* host.stats
      const { status, text } = yield* ask(`${host.url}/sandbox/send`, { method: "POST", body })
      assert.strictEqual(status, 400)
      assert.include(JSON.parse(text).error, "send {chatId, text}")
      assert.deepStrictEqual(yield* host.stats, before)
    }),
  )
})
