/** The id of the lot that stands for a process without lots, and for awards that name none of several. */
export const NO_LOT = "no-lot";
