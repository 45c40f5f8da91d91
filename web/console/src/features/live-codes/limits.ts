/** The limits of the forms, as the server has them. */
export const NAME_MAX = 30;
export const REMARK_MAX = 50;
export const INTRO_MAX = 500;
export const SLOT_NAME_MAX = 30;
export const SUPPORT_MAX = 30;
export const REASON_MAX = 100;
export const THRESHOLD = { least: 1, most: 500, usual: 100 };
export const LIFETIME_DAYS = 7;
