import accounts from './zh-CN/accounts';
import liveCodes from './zh-CN/live-codes';
import notices from './zh-CN/notices';
import overview from './zh-CN/overview';
import shared from './zh-CN/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...notices };
