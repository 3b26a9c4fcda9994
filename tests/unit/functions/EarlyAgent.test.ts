import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, get } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { createSecureContext } from "node:tls"
import { EarlyAgent } from "@concierge/aws/sdk/EarlyAgent.ts"
import { assert, describe, it } from "@effect/vitest"
import { afterAll, beforeAll, vi } from "vitest"
import { selfSigned } from "../../../bench/lambda/tls.ts"

const directory = mkdtempSync(join(tmpdir(), "concierge-agent-"))
const tls = selfSigned(directory)
const server = createServer(tls, (_, response) => void response.end("ok"))
let connections = 0
server.on("secureConnection", () => {
  connections += 1
})
let port = 0

beforeAll(async () => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  port = typeof address === "object" ? (address?.port ?? 0) : 0
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  rmSync(directory, { recursive: true })
})

const trusting = (): EarlyAgent => new EarlyAgent({ secureContext: createSecureContext({ ca: tls.cert }) })

const ask = async (agent: EarlyAgent): Promise<number | undefined> => {
  const request = get({ host: "localhost", port, agent })
  const [response] = await once(request, "response")
  response.resume()
  await once(response, "end")
  return response.statusCode
}

/** Connections that were made meanwhile. */
const connectionsOf = async (agent: EarlyAgent, use: () => Promise<unknown>): Promise<number> => {
  const before = connections
  await use()
  agent.destroy()
  return connections - before
}

describe("EarlyAgent", () => {
  it("sends over what was opened early, and more when that is used up", async () => {
    const agent = trusting()
    const made = await connectionsOf(agent, async () => {
      await agent.open({ host: "localhost", port }, 2)
      assert.deepStrictEqual(await Promise.all([ask(agent), ask(agent), ask(agent)]), [200, 200, 200])
    })
    assert.strictEqual(made, 3)
  })

  it("does not send over a connection that has been open for long", async () => {
    const agent = trusting()
    const made = await connectionsOf(agent, async () => {
      await agent.open({ host: "localhost", port }, 1)
      const later = Date.now() + 11_000
      const clock = vi.spyOn(Date, "now").mockReturnValue(later)
      assert.strictEqual(await ask(agent), 200)
      clock.mockRestore()
    })
    assert.strictEqual(made, 2)
  })

  it("keeps a connection for the next request, but closes what was not used for long", async () => {
    const agent = trusting()
    const made = await connectionsOf(agent, async () => {
      for (const seconds of [0, 9, 18, 29]) {
        const clock = vi.spyOn(Date, "now").mockReturnValue(1_000_000 + seconds * 1000)
        agent.closeStale()
        assert.strictEqual(await ask(agent), 200)
        // A connection is free a turn after its answer has ended.
        await setImmediate()
        clock.mockRestore()
      }
    })
    assert.strictEqual(made, 2)
  })

  it("says why a connection could not be opened", async () => {
    const agent = new EarlyAgent()
    const failed = await agent.open({ host: "localhost", port }, 1).catch((error: unknown) => error)
    assert.include(String(failed), "self-signed certificate")
    agent.destroy()
  })
})
