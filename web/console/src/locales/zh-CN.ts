import accounts from './zh-CN/accounts';
import liveCodes from './zh-CN/live-codes';
import overview from './zh-CN/overview';
import statistics from './zh-CN/statistics';
import shared from './zh-CN/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...statistics };
