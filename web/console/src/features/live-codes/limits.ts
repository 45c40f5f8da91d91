/** The limits of the forms, as the server has them. */
export const NAME_MAX = 30;
export const REMARK_MAX = 50;
export const INTRO_MAX = 500;
export const SLOT_NAME_MAX = 30;
export const SUPPORT_MAX = 30;
export const REASON_MAX = 100;
export const THRESHOLD = { least: 1, most: 500, usual: 100 };
/** 展示人数上限 and 座位租约 in minutes. 200 people can join a group by its QR; the usual cap leaves room for those who are in it already. */
export const SEATS = { cap: { least: 1, most: 500, usual: 180 }, lease: { least: 1, most: 60, usual: 5 } };
/** 累计长按达 N 次后: least, most, and what the form starts with. */
export const PRESSES = { least: 1, most: 10_000_000, usual: 1000 };
export const LIFETIME_DAYS = 7;
/** 群设置 of 自动建群: 群总数, 编号开始值, 主题名称 with its number, 精准分流频率. */
export const AUTO = {
  groups: { least: 0, most: 100, usual: 2 },
  firstNumber: { least: 0, most: 999_999, usual: 1 },
  nameMax: 40,
  memberThreshold: { least: 1, most: 500, usual: 180 },
};

export function isWithin(value: number | null, { least, most }: { least: number; most: number }): boolean {
  return value !== null && Number.isInteger(value) && value >= least && value <= most;
}
