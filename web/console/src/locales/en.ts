import accounts from './en/accounts';
import liveCodes from './en/live-codes';
import overview from './en/overview';
import statistics from './en/statistics';
import shared from './en/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...statistics };
