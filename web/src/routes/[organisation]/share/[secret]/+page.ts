/** No script at all: any phone shows this page, and nothing in it can read its address. */
export const csr = false;
