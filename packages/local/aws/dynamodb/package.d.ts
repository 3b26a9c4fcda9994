/** The package has no types of its own: the part that is used. */
declare module "dynalite" {
  import type { Server } from "node:http"

  interface Options {
    /** Milliseconds for which a table is being created. */
    readonly createTableMs?: number
  }
  export default function dynalite(options?: Options): Server
}
