import { createServer, type ServerResponse } from "node:http"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { tell } from "./parent.ts"

/**
 * The least that a webhook can do without losing what it answers 200 to: `node:http` and one SQLite insert a request,
 * committed to the disk before the answer. Nothing is checked, nothing decoded. Grouped, requests of one turn of the
 * event loop share a commit.
 */
const { data, grouped, port }: { data: string; grouped: boolean; port: number } = JSON.parse(process.argv[2] ?? "")

const sqlite = new DatabaseSync(join(data, "floor.sqlite"))
sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
sqlite.exec("CREATE TABLE queue (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
const insert = sqlite.prepare("INSERT INTO queue (body) VALUES (?)")

let waiting: Array<{ readonly body: string; readonly response: ServerResponse }> = []
const flush = (): void => {
  const group = waiting
  waiting = []
  sqlite.exec("BEGIN IMMEDIATE")
  for (const { body } of group) insert.run(body)
  sqlite.exec("COMMIT")
  for (const { response } of group) answer(response)
}

const answer = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}')
}

const server = createServer((request, response) => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString()
    if (grouped) {
      if (waiting.push({ body, response }) === 1) setImmediate(flush)
    } else {
      insert.run(body)
      answer(response)
    }
  })
})
server.listen(port, "127.0.0.1", () => tell("listening"))
process.on("SIGTERM", () => process.exit())
