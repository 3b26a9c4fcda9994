import { bodyRows } from "./bodies.ts"
import { functionRows } from "./functions.ts"
import type { Row } from "./growth.ts"

export const rows: ReadonlyArray<Row> = [...bodyRows, ...functionRows]
