/** Reads a recorded session from a file, in a worker of its own: the panel goes on meanwhile. */

import { parseSession } from '../parse-told.ts'
import { type Piece, piecesOf } from './session-pieces.ts'

const say = (piece: Piece): void => postMessage(piece)

addEventListener('message', ({ data }: MessageEvent<{ readonly file: Blob; readonly name: string }>) => {
  void data.file
    .text()
    .then(text => {
      for (const piece of piecesOf(parseSession(text, data.name))) say(piece)
    })
    .catch((error: unknown) => say({ piece: 'fault', message: error instanceof Error ? error.message : String(error) }))
})
