import { type Aws, versionsOf } from "./versions.ts"

/** The worker first: what is wrong with a change shows itself there, and its queue holds what a bad one leaves undone. */
const order = ["worker", "webhook"] as const

const alias = "live"

/** Moves both functions to their newest versions, one after the other; ends at the first that CodeDeploy takes back. */
export const release = (aws: Aws, say: (line: string) => void, app: string): boolean => {
  for (const name of order) {
    const functionName = `${app}-${name}`
    const { live, newest } = versionsOf(aws, functionName, alias)
    if (live === newest) {
      say(`${functionName}: version ${live} is the newest`)
      continue
    }
    say(`${functionName}: version ${newest} gets 10 % for five minutes, then all; its alarms bring back ${live}`)
    const id = aws(["deploy", "create-deployment", ...shift(app, functionName, live, newest)]).trim()
    try {
      aws(["deploy", "wait", "deployment-successful", "--deployment-id", id])
    } catch {
      say(
        `${functionName}: ${id} did not succeed, version ${live} is live; "aws deploy get-deployment --deployment-id ${id}" says why`,
      )
      return false
    }
    say(`${functionName}: version ${newest} is live`)
  }
  return true
}

/** Both functions to the version before, at once. */
export const back = (aws: Aws, say: (line: string) => void, app: string): boolean => {
  for (const name of order) {
    const functionName = `${app}-${name}`
    const { live, before } = versionsOf(aws, functionName, alias)
    if (before === undefined) {
      say(`${functionName}: there is no version before ${live}`)
      continue
    }
    const to = [
      "--name",
      alias,
      "--function-version",
      String(before),
      "--routing-config",
      "AdditionalVersionWeights={}",
    ]
    aws(["lambda", "update-alias", "--function-name", functionName, ...to])
    say(`${functionName}: version ${before} is live, and no longer ${live}`)
  }
  return true
}

const shift = (app: string, functionName: string, from: number, to: number) => {
  const properties = { Name: functionName, Alias: alias, CurrentVersion: String(from), TargetVersion: String(to) }
  const content = JSON.stringify({
    version: 0,
    Resources: [{ function: { Type: "AWS::Lambda::Function", Properties: properties } }],
  })
  const revision = JSON.stringify({ revisionType: "AppSpecContent", appSpecContent: { content } })
  const group = ["--application-name", app, "--deployment-group-name", functionName]
  return [...group, "--revision", revision, "--query", "deploymentId", "--output", "text"]
}
