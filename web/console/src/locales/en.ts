import accounts from './en/accounts';
import liveCodes from './en/live-codes';
import notices from './en/notices';
import overview from './en/overview';
import shared from './en/shared';

export default { ...shared, ...accounts, ...overview, ...liveCodes, ...notices };
