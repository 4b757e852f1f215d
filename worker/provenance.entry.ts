/** What a worker loads only where the site's config names a key or a log. */

import { createProvenance } from './provenance.ts'
import { hash, verify } from './web-crypto.ts'

export const { vouch } = createProvenance(hash, verify)
