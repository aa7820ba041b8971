/** What the browser may bring at once; a larger set comes by `makegood import` on the machine itself. */
export const LARGEST_UPLOADED_FILE = 512 * 2 ** 20;
export const MOST_UPLOADED_FILES = 40;
/** How much of a file's beginning a preview is given. */
export const PREVIEWED_BYTES = 32_768;
