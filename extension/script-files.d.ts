/** A script built on its own, for `scripting.executeScript`: the import is its file name in the extension. */
declare module '*?script&iife' {
  const file: string
  export default file
}

/** A worker built on its own: the import is its address. */
declare module '*?worker&url' {
  const url: string
  export default url
}

/** The words of the languages that a file names, as the build packs them. */
declare module '*?packed' {
  const packs: readonly import('./words/unpack.ts').Packed[]
  export default packs
}
