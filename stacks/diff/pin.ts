// Loaded before the stacks (NODE_OPTIONS). SST lets `.env.<stage>` win over the environment that it is started with; a
// plan that was asked for with options of its own must not depend on whether a checkout has such a file.
Object.assign(process.env, JSON.parse(process.env.INFRA_DIFF_OPTIONS ?? "{}"))
