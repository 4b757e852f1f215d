/**
 * Deletes what the site keeps before the site's own code runs: registered for a site's next visit at `document_start`, in every frame, as
 * a frame of the site on its sister's page shares its storage.
 */

import { DATABASE } from '../store/database.ts'
import { portOf } from './origin.ts'
import { dropTails, keepOnlyTickets, ping, writeDecision } from './site/key.ts'
import { remainsHere } from './site/remains.ts'
import { within } from './site/within.ts'
import { takeNumber } from './visit/bits.ts'
import { isIncognito, tell } from './visit/tell.ts'

/** Another tab that holds the database steps aside in a few milliseconds, or does not mean to. */
const LET_GO_MS = 3000

/** Without the store's own code: this is on the page before anything else, and must be small. */
const deleteDatabase = (): Promise<void> =>
  new Promise((done, failed) => {
    const deleting = indexedDB.deleteDatabase(DATABASE)
    deleting.onsuccess = () => done()
    deleting.onerror = () => failed(deleting.error)
  })

const erase = async (): Promise<void> => {
  // Asked for first of all: whatever the page opens from here on waits until it is done.
  const deleted = deleteDatabase()
  writeDecision(null)
  // They ask the collector to forget as well, and the site's own page sends them.
  keepOnlyTickets()
  dropTails()
  ping('gone')
  const gone = await within(LET_GO_MS, deleted).then(
    () => true,
    () => false,
  )
  // A frame may be on somebody else's page, with a storage of its own there.
  if (window === top) await tell({ tell: 'erased', gone, remains: await remainsHere(Date.now()) })
}

// Firefox's patterns match every port of their host, so that there it is told. Private windows have a storage of their own.
const port = takeNumber('port')
if ((!port || port === portOf(location.origin)) && !isIncognito()) void erase().catch(() => {})
