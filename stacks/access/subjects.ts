import { StageError } from "../options.ts"

/** What GitHub's API says of a repository. */
export interface Repository {
  readonly name: string
  readonly id: number
  readonly owner: { readonly login: string; readonly id: number }
}

/** What it says of the subjects that the repository's runs have. */
export interface Customization {
  readonly use_default: boolean
  readonly include_claim_keys?: ReadonlyArray<string>
}

/**
 * How GitHub may call a run of ours. Repositories made since 15 July 2026, or moved since, have their numbers in it; older
 * ones do not. Both are this repository's and nobody else's.
 */
export const subjects = ({ name, id, owner }: Repository, context: string): ReadonlyArray<string> => [
  `repo:${owner.login}/${name}:${context}`,
  `repo:${owner.login}@${owner.id}/${name}@${id}:${context}`,
]

/** A subject made of other claims would match neither form: better said here than as a refusal in the first deploy. */
export const refuseOwnSubjects = ({ use_default, include_claim_keys = [] }: Customization, repo: string) => {
  if (use_default || include_claim_keys.length === 0) return
  throw new StageError(
    `${repo} makes its subjects of ${include_claim_keys.join(", ")}, which the roles would not know: ` +
      `set them back with "gh api -X PUT repos/${repo}/actions/oidc/customization/sub -F use_default=true"`,
  )
}
