/** What a worker loads only when it is asked for: an account of all that is kept, and taking in what a site gives. */

export { readAccess } from '../store/access.ts'
export { hydrate } from './hydrate.ts'
