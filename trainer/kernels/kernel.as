// All that the trainer runs in WebAssembly. Memory is laid out by the caller (memory.ts); nothing here allocates.

export * from './lloyd'
export * from './starts'
export * from './silhouette'
export * from './neighbours'
export * from './repulsion'
