/** `@nearside/sdk`: the same loader for those who bundle. The other files are still served from the site's own origin. */

export type { AccessDocument } from '../core/access.ts'
export type { Category, Grants, Purpose } from '../core/consent.ts'
export type { ConsentState, Events, Given, Nearside, On, Reason, Segments } from './api.ts'
export { type Options, startNearside } from './nearside.ts'
