/** The largest number that most fields of the API take. */
export const INT32_MAX = 2147483647;

export const PORT_MAX = 65535;
