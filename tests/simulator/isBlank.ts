import type { User } from "@concierge/core/onboarding/User.ts"

/** A record that nothing has come of yet: some worker's begin has made it, and no more. */
export const isBlank = ({ recent, version }: User): boolean => version === 0 && Object.keys(recent).length === 0
