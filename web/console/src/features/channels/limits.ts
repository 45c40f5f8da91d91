/** The limits of the forms, as the server has them. */
export const NAME_MAX = 30;
export const REMARK_MAX = 50;
export const MOST_AT_ONCE = 100;
