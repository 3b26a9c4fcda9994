/** Runs the AWS CLI and gives back what it printed. */
export type Aws = (args: ReadonlyArray<string>) => string

/** A function's versions, as far as a release is about them. */
export interface Versions {
  readonly live: number
  readonly newest: number
  /** The one before the live one; nothing where there is none. */
  readonly before: number | undefined
}

export const versionsOf = (aws: Aws, functionName: string, alias: string): Versions => {
  const on = ["--function-name", functionName, "--output", "json"]
  const { FunctionVersion }: { FunctionVersion: string } = JSON.parse(
    aws(["lambda", "get-alias", ...on, "--name", alias]),
  )
  const listed: ReadonlyArray<string> = JSON.parse(
    aws(["lambda", "list-versions-by-function", ...on, "--query", "Versions[].Version"]),
  )
  const numbers = listed.filter((version) => version !== "$LATEST").map(Number)
  const live = Number(FunctionVersion)
  const earlier = numbers.filter((version) => version < live)
  return { live, newest: Math.max(...numbers), before: earlier.length > 0 ? Math.max(...earlier) : undefined }
}
