import { join } from "node:path"

// Coverage takes Node's cache of compiled code from the workers. What a test starts is not watched, and may have it.
delete process.env.NODE_DISABLE_COMPILE_CACHE
process.env.NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/node")
