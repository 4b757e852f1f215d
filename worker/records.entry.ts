/** What a worker loads only when it is needed: an account of all that is kept, what a site gives, a fresh key. */

export { addRefusals } from '../core/refusal.ts'
export { adopt } from './adopt.ts'
export { noised } from './noised.ts'
export { overhaul } from './overhaul.ts'
export { RIGHTS } from './rights.ts'
export { readSite } from './site.ts'
export { tidy } from './tidy.ts'
