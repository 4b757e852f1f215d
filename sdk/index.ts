/** `@nearside/sdk`: the same loader for those who bundle. The other files are still served from the site's own origin. */

export type { AccessDocument } from '../core/access.ts'
export type { Category, Grants, Purpose } from '../core/consent.ts'
export type { Correction } from '../core/correction.ts'
export type { Done, Hydration, Preview } from '../core/protocol/session.ts'
export type { ConsentState, Events, Given, Nearside, On, Options, Reason, Scope, Segments } from './api.ts'
export { startNearside } from './start.ts'
