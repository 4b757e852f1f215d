// Runs in a page of the extension: the modules that its screens call, so that a test can call them as they do.

import { attend } from '../../extension/attend.ts'
import * as defaults from '../../extension/defaults.ts'
import * as deletion from '../../extension/deletion.ts'
import * as history from '../../extension/history.ts'
import * as reach from '../../extension/reach.ts'
import * as index from '../../extension/site-index.ts'

const keeper = { attend, ...defaults, ...deletion, ...reach, ...index, ...history }

export type Keeper = typeof keeper

Object.assign(globalThis, { keeper })
