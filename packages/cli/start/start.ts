import { current } from "./current.ts"

// From hundreds of small files it starts in 0.7 s of the processor's, from a few large ones in 0.25.
const bundle = current()
if (bundle === undefined) await import("./rebuilt.ts")
else await import(bundle)
