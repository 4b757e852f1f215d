/** `npm run dev`: rebuilds what pages load when its source changes. The shop's own files are read anew for each request anyway. */

import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'

const ROOMS = ['core', 'view', 'store', 'worker', 'sdk']
/** An editor writes a file in several steps. */
const SETTLED_MS = 150

/** @returns what ends it */
export const startRebuilding = (root: string): (() => void) => {
  let waiting: NodeJS.Timeout | undefined
  let building: ReturnType<typeof spawn> | undefined

  const build = (): void => {
    // One at a time: a change in the middle of a build is built after it.
    if (building) {
      soon()
      return
    }
    building = spawn(process.execPath, [join(root, 'scripts/build.mjs'), 'sdk'], { stdio: ['ignore', 2, 2] })
    building.on('exit', () => {
      building = undefined
    })
  }
  const soon = (): void => {
    clearTimeout(waiting)
    waiting = setTimeout(build, SETTLED_MS)
  }
  const watchers = ROOMS.map(room => watch(join(root, room), { recursive: true }, soon))
  return () => {
    clearTimeout(waiting)
    for (const watcher of watchers) watcher.close()
    building?.kill()
  }
}
