import { existsSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import { inject } from "vitest"

// Some tests run the SST CLI again, in the folder in which the plans are made.
const file = inject("plansFile")
while (!existsSync(file)) await setTimeout(100)
