import accounts from './zh-CN/accounts';
import history from './zh-CN/history';
import liveCodes from './zh-CN/live-codes';
import overview from './zh-CN/overview';
import shared from './zh-CN/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...history };
