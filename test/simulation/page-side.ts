// What runs in a page: the loader with all it holds, and the chunks that it loads after a yes.
export { follow } from '../../sdk/follow.entry.ts'
export { explain } from '../../sdk/refusal.entry.ts'
export * from '../../sdk/rights.entry.ts'
export { createSession } from '../../sdk/session.entry.ts'
export { startNearside } from '../../sdk/start.ts'
