import type { Users } from "@concierge/core/services/Users.ts"
import type { Services } from "./Services.ts"

export const withUsers = (stores: Services["stores"], users: Partial<Users["Service"]>): Services["stores"] => ({
  ...stores,
  users: { ...stores.users, ...users },
})
