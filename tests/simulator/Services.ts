import type { Events } from "@concierge/core/services/Events.ts"
import type { Media } from "@concierge/core/services/Media.ts"
import type { Sessions } from "@concierge/core/services/Sessions.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import type { Speech } from "@concierge/core/services/Speech.ts"
import type { Telegram } from "@concierge/core/services/Telegram.ts"
import type { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import type { Users } from "@concierge/core/services/Users.ts"
import type { Tables } from "../../packages/local/store/Tables.ts"

/** What a worker calls, as values that can be wrapped. */
export interface Services {
  readonly stores: {
    readonly tables: Tables["Service"]
    readonly users: Users["Service"]
    readonly events: Events["Service"]
    readonly sessions: Sessions["Service"]
    readonly settings: Settings["Service"]
  }
  readonly outside: {
    readonly queue: UpdateQueue["Service"]
    readonly telegram: Telegram["Service"]
    readonly media: Media["Service"]
    readonly speech: Speech["Service"]
  }
}
