/** The version of the package, as its package.json has it: a model card says by which it was made, in a page as well. */
export const VERSION = '0.1.0'
