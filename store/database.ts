/** The name of the database: apart from the code that opens it, for whoever only looks whether it is there. */
export const DATABASE = 'nearside'
