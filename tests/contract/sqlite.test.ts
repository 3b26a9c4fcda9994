import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { sqliteQueue } from "../layers/sqliteQueue.ts"
import { sqliteStores, temporaryFile } from "../layers/sqliteStores.ts"
import { archiveContract } from "./suites/archive.ts"
import { deadLettersContract } from "./suites/deadLetters.ts"
import { eventsContract } from "./suites/events.ts"
import { linksContract } from "./suites/links.ts"
import { parkedContract } from "./suites/parked.ts"
import { queueContract } from "./suites/queue.ts"
import { sessionsContract } from "./suites/sessions.ts"
import { settingsContract } from "./suites/settings.ts"
import { shapeContract } from "./suites/shape.ts"
import { usersContract } from "./suites/users.ts"

const places = {
  "SQLite in memory": { stores: sqliteStores(":memory:"), queue: sqliteQueue(":memory:") },
  "SQLite in a file": {
    stores: Layer.unwrap(Effect.map(temporaryFile, sqliteStores)),
    queue: Layer.unwrap(Effect.map(temporaryFile, sqliteQueue)),
  },
}

for (const [name, { queue, stores }] of Object.entries(places)) {
  usersContract(name, stores)
  eventsContract(name, stores)
  sessionsContract(name, stores)
  settingsContract(name, stores)
  linksContract(name, stores)
  archiveContract(name, stores)
  shapeContract(name, stores)
  parkedContract(name, stores)
  queueContract(name, queue)
  deadLettersContract(name, queue)
}
