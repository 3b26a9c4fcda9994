import { once } from "node:events"
import { tell } from "../local/parent.ts"
import { measured } from "./growth.ts"
import { rows } from "./rows.ts"

// Until it is asked it has nothing else to stay for.
process.channel?.ref()

/** A process of its own, since what hangs cannot say so. Measures one row each time that it is asked. */
for (const row of rows) {
  await once(process, "message")
  tell(measured(row))
}
